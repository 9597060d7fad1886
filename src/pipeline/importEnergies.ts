import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { chooseBulkEnergy } from '#campaign/bulkEnergy.ts';
import type { Job } from '#campaign/jobs.ts';
import { countReturned, describeReturned, joinEnergies } from '#campaign/joinEnergies.ts';
import { makeColumn } from '#data/column.ts';
import { badParameter, Refusal, type Warning } from '#data/errors.ts';
import { readEnergiesCsv } from '#formats/energiesCsv/read.ts';
import type { ByteSource } from '#formats/format.ts';
import type { Parameters } from './parameters.ts';
import { planCampaign } from './planCampaign.ts';
import type { Results, StageWork } from './results.ts';

/** Energies as they came, before the bulk energy is subtracted. */
interface Taken {
  readonly source: string;
  /** eV by row; NaN where unknown. */
  readonly energyOf: (row: number) => number;
  readonly bulkReturned: number | null;
  readonly labels?: { column: string; energy: Float64Array; structureType: Uint8Array };
  readonly table: { name: string; text: string } | null;
  readonly warnings: readonly Warning[];
}

/**
 * Take energies: from a table, else from a label column of the snapshot, else from the table that was taken before.
 * A table that is refused leaves the campaign as it was.
 */
export const importEnergies: StageWork<'energies'> = async (results, parameters, { memory, control }, source) => {
  const { snapshot } = results.snapshot!;
  const jobs = planCampaign(results);
  const taken = await takeEnergies(results, parameters, jobs, source);
  control.throwIfCancelled();
  const bulk = chooseBulkEnergy({
    typed: parameters.bulkEnergy === 'auto' ? null : Number(parameters.bulkEnergy),
    returned: taken.bulkReturned,
    ...(taken.labels ? { labels: taken.labels } : {}),
  });
  control.throwIfCancelled();
  const label = memory.allocate('energies', 'float64', snapshot.count);
  for (let row = 0; row < label.length; row++) label[row] = taken.energyOf(row) - bulk.value;
  const missing = jobs.filter((job) => job.row !== null && Number.isNaN(label[job.row]!));
  const partial = taken.labels
    ? []
    : countReturned(jobs, missing)
        .filter(({ role, missing: absent }) => role !== 'bulk' && absent.length > 0)
        .map((progress) => ({ message: `${describeReturned(progress)}.` }));
  return {
    result: {
      label,
      source: taken.source,
      bulkEnergy: bulk.value,
      bulkSource: bulk.source,
      complete: taken.labels !== undefined,
      table: taken.table,
    },
    summary: {
      source: taken.source,
      labelled: label.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0),
      bulkEnergy: bulk.value,
      bulkSource: bulk.source,
      missing: missing.map((job) => job.id),
    },
    columns: [makeColumn('energies.label', 'eV', label)],
    warnings: [...taken.warnings, ...partial],
    input: taken.table ? bytesToHex(sha256(utf8ToBytes(taken.table.text))) : '',
  };
};

async function takeEnergies(
  results: Results,
  parameters: Parameters,
  jobs: readonly Job[],
  source: ByteSource | undefined,
): Promise<Taken> {
  if (source) return fromTable(results, jobs, source.name, await new Response(source.stream()).text());
  if (parameters.labelColumn !== null) return fromColumn(results, parameters.labelColumn);
  const before = results.energies?.table;
  if (before) return fromTable(results, jobs, before.name, before.text);
  throw new Refusal({
    tag: 'not-ready',
    message: 'No energies: import a table of computed ones, or take a column of the snapshot (--label-column c_pe)',
  });
}

function fromTable(results: Results, jobs: readonly Job[], name: string, text: string): Taken {
  const { rows, pending } = readEnergiesCsv(text, name);
  const joined = joinEnergies({
    file: name,
    rows,
    jobs,
    ids: results.snapshot!.snapshot.ids,
    given: results.select!.givenRows,
  });
  const waiting = pending === 0 ? [] : [{ message: `${name}: ${pending} rows have no energy yet.` }];
  return {
    source: name,
    energyOf: (row) => joined.energyOfRow.get(row) ?? Number.NaN,
    bulkReturned: joined.bulkEnergy,
    table: { name, text },
    warnings: [...joined.warnings, ...waiting],
  };
}

function fromColumn({ snapshot, structure }: Results, name: string): Taken {
  const { columns, source } = snapshot!.snapshot;
  const column = columns.find((candidate) => candidate.name === name && candidate.shape.length === 1);
  if (!column) {
    const names = columns.filter((candidate) => candidate.shape.length === 1).map((candidate) => candidate.name);
    throw badParameter(
      `Label from column (--label-column): ${source.name} has no column ${name}` +
        (names.length > 0 ? `, only ${names.join(', ')}` : ' and no other column either'),
    );
  }
  const energy = column.array;
  const unknown = energy.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  return {
    source: `column ${name}`,
    energyOf: (row) => (Number.isFinite(energy[row]!) ? energy[row]! : Number.NaN),
    bulkReturned: null,
    labels: { column: name, energy, structureType: structure!.structureType },
    table: null,
    warnings: unknown === 0 ? [] : [{ message: `${unknown} atoms have no number in column ${name}.` }],
  };
}
