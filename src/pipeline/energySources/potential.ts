import { OK } from '#campaign/energyEntry.ts';
import type { Campaign } from '#campaign/packageFiles.ts';
import { joinRoles } from '#campaign/roles.ts';
import { commonestType } from '#campaign/structures.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import { makeCubicCell } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import { writeResultsCsv } from '#formats/energiesCsv/write.ts';
import { EamEnergies, energyOfFirst } from '#kernels/eam/energies.ts';
import { buildEamModel, type EamModel, matchElements } from '#kernels/eam/model.ts';
import { placesOf } from '#kernels/replica/cutReplica.ts';
import { cutCampaign } from '../cutCampaign.ts';
import { energiesInPlace } from '../energiesInPlace.ts';
import { EAM_CODE, EAM_PARTITION, IN_PLACE, type PotentialRef, potentialOf } from '../potentials.ts';
import type { StageResults } from '../results.ts';
import { takeTable } from './table.ts';
import type { EnergyRequest, TakenEnergies } from './taken.ts';

/**
 * Energies by a classical potential, in place of an electronic structure code: of the first atom of every replica cell
 * and of the bulk cell, cut as the replicas stage cuts them; or, with the column of energies in place, of every atom
 * where it lies.
 * @throws Refusal (`bad-parameter`) where the snapshot has another element or another column is asked for, `bad-input`
 * for a broken file, `cancelled`.
 */
export async function takePotential(request: EnergyRequest, ref: PotentialRef): Promise<TakenEnergies> {
  const { labelColumn } = request.parameters;
  if (labelColumn === IN_PLACE) return takeInPlace(request, ref);
  if (labelColumn === null) return computeCells(request, ref);
  throw badParameter(
    `Energies come either from column ${labelColumn} (--label-column) or from the potential (--potential): name one`,
  );
}

function computeCells(request: EnergyRequest, ref: PotentialRef): TakenEnergies {
  const { results, parameters, jobs, context } = request;
  const { control, memory, potentials } = context;
  const potential = potentialOf(ref, potentials);
  const { snapshot } = results.snapshot!;
  const elementOfType = matchElements(potential, snapshot.species);
  const model = buildEamModel(potential);
  const { campaign, warnings } = cutCampaign(results, parameters, control);
  control.begin('computing energies', jobs.length);
  const energyOfJob = jobs.map(({ row }) => {
    const energy = energyOfCell(campaign, row, elementOfType, model, memory);
    control.advance(1);
    return energy;
  });
  const energyOfRow = new Map(jobs.map(({ row }, k) => [row, energyOfJob[k]!]));
  const rows = Uint32Array.from(campaign.cells.keys());
  const inPlace = energiesOfRows(results.snapshot!, rows, elementOfType, model);
  const checked = Array.from(rows.keys()).filter((k) => Number.isFinite(energyOfRow.get(rows[k]!)! - inPlace[k]!));
  const text = writeResultsCsv(
    jobs.map(({ rank, id, directory, roles }, k) => {
      const energy = energyOfJob[k]!;
      const known = Number.isFinite(energy);
      return {
        ...{ rank, id, directory, role: joinRoles(roles), code: EAM_CODE, partition: EAM_PARTITION },
        energy_eV: known ? energy : null,
        status: known ? OK : 'two atoms lie on one spot',
      };
    }),
  );
  const taken = takeTable(request, 'energies.csv', text);
  return {
    ...taken,
    source: ref.name,
    table: { name: 'energies.csv', text, computed: true },
    replicaCheck: {
      potential: ref.name,
      reach: potential.cutoff,
      edge: parameters.replicaEdge,
      minDistance: parameters.minDistance,
      ids: checked.map((k) => snapshot.ids[rows[k]!]!),
      inCell: checked.map((k) => energyOfRow.get(rows[k]!)!),
      inPlace: checked.map((k) => inPlace[k]!),
    },
    warnings: [...taken.warnings, ...warnings],
  };
}

/** @param row Of the centre; null for the bulk cell, which is of the element that most atoms are. */
function energyOfCell(
  { snapshot, cells, bulk }: Campaign,
  row: number | null,
  elementOfType: Uint8Array,
  model: EamModel,
  memory: MemoryLedger,
): number {
  if (row === null) {
    const types = new Uint8Array(bulk.position.length / 3).fill(commonestType(snapshot));
    return energyOfFirst(bulk.position, makeCubicCell(bulk.edge), types, elementOfType, model, memory);
  }
  const { rows, position, edge } = cells.get(row)!;
  const types = Uint8Array.from(rows, (other) => snapshot.types[other]!);
  return energyOfFirst(position, makeCubicCell(edge), types, elementOfType, model, memory);
}

/** Energies of a few atoms where they lie, eV, in the order of `rows`. */
export function energiesOfRows(
  { snapshot, list }: StageResults['snapshot'],
  rows: Uint32Array,
  elementOfType: Uint8Array,
  model: EamModel,
): Float64Array {
  const kernel = new EamEnergies({ list, types: snapshot.types, elementOfType }, model);
  return Float64Array.from(placesOf(list, rows), (place) => kernel.energyAt(place));
}

async function takeInPlace({ results, context }: EnergyRequest, ref: PotentialRef): Promise<TakenEnergies> {
  const potential = potentialOf(ref, context.potentials);
  const energy = await energiesInPlace(results.snapshot!, potential, context);
  const unknown = energy.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  return {
    source: `every atom in place by ${ref.name} (EAM, not DFT)`,
    energyOf: (row) => energy[row]!,
    bulkReturned: null,
    labels: { column: IN_PLACE, energy, structureType: results.structure!.structureType },
    entries: [],
    table: null,
    warnings: unknown === 0 ? [] : [{ message: `${unknown} atoms lie on the spot of another: they have no energy.` }],
  };
}
