import { Refusal } from '#data/errors.ts';
import { buildEamModel, matchElements } from '#kernels/eam/model.ts';
import { placesOf } from '#kernels/replica/cutReplica.ts';
import { findEligibleCentres } from '#kernels/replica/eligibility.ts';
import { percentileOf, rootMeanSquare } from '#kernels/ridge/statistics.ts';
import { energiesOfRows } from './energySources/potential.ts';
import { CHUNKS, type Context } from './executor.ts';
import type { Parameters } from './parameters.ts';
import { planCampaign } from './planCampaign.ts';
import { potentialOf } from './potentials.ts';
import type { Results } from './results.ts';

/** Å: what the parameters allow. */
export const SWEPT_EDGES = [9, 10, 11, 12, 13, 14] as const;
export const SWEPT_DISTANCES = [1.9, 2.0, 2.1, 2.2, 2.3, 2.4] as const;
const HIGH = 0.95;

/** |energy in the cell - energy in place| over the centres, eV; null where no cell could be cut. */
export interface SweepPoint {
  readonly edge: number;
  readonly minDistance: number;
  /** Centres whose cell could be cut. */
  readonly cells: number;
  readonly mean: number | null;
  readonly rmse: number | null;
  readonly percentile95: number | null;
  readonly largest: number | null;
}

export interface ReplicaSweep {
  readonly potential: string;
  /** How far it reaches, Å. */
  readonly reach: number;
  /** How many centres there are. */
  readonly centres: number;
  readonly seam: Parameters['seam'];
  /** By edge, then by shortest seam distance. */
  readonly points: readonly SweepPoint[];
}

/**
 * The claim that a small cell suffices (METHOD section 5), checked: the deviation of every centre's energy in its cell
 * from its energy in place, over edges and shortest seam distances.
 * @throws Refusal `not-ready` without a selection or a potential, and what a potential refuses; `cancelled`.
 */
export async function sweepReplicas(
  results: Results,
  { potential: ref, seam }: Parameters,
  context: Context,
): Promise<ReplicaSweep> {
  const { control, memory, executor, potentials } = context;
  if (!results.snapshot || !results.select || !ref) {
    throw new Refusal({ tag: 'not-ready', message: 'The sweep of cells needs a selection and a potential first' });
  }
  const potential = potentialOf(ref, potentials);
  const { snapshot, list } = results.snapshot;
  const elementOfType = matchElements(potential, snapshot.species);
  const model = buildEamModel(potential);
  const rows = Uint32Array.from(planCampaign(results).flatMap(({ row }) => (row === null ? [] : [row])));
  const before = memory.buffers;
  try {
    const possible = memory.allocate('cells that can be cut', 'uint8', SWEPT_EDGES.length * rows.length);
    SWEPT_EDGES.forEach((edge, e) => {
      const { mask } = findEligibleCentres(list, edge, memory, control);
      rows.forEach((row, k) => {
        possible[e * rows.length + k] = mask[row]!;
      });
      memory.release(mask);
    });
    const energy = memory.allocate('energies of cells', 'float64', possible.length * SWEPT_DISTANCES.length);
    control.begin('computing energies', energy.length);
    const atoms = { list, types: snapshot.types, elementOfType };
    const places = placesOf(list, rows);
    const [edges, minDistances] = [SWEPT_EDGES, SWEPT_DISTANCES];
    await executor.run(
      'replicaSweep',
      { atoms, model, places, edges, minDistances, seam, possible, energy },
      CHUNKS,
      control,
    );
    const inPlace = energiesOfRows(results.snapshot, rows, elementOfType, model);
    const points = edges.flatMap((edge, e) =>
      minDistances.map((minDistance, d): SweepPoint => {
        const deviations = Array.from(inPlace, (own, k) => {
          return Math.abs(energy[(e * rows.length + k) * minDistances.length + d]! - own);
        }).filter(Number.isFinite);
        return { edge, minDistance, ...statisticsOf(deviations) };
      }),
    );
    return { potential: ref.name, reach: potential.cutoff, centres: rows.length, seam, points };
  } finally {
    memory.forget([...memory.buffers].filter((buffer) => !before.has(buffer)));
  }
}

function statisticsOf(deviations: readonly number[]): Omit<SweepPoint, 'edge' | 'minDistance'> {
  const cells = deviations.length;
  if (cells === 0) return { cells, mean: null, rmse: null, percentile95: null, largest: null };
  return {
    cells,
    mean: deviations.reduce((sum, value) => sum + value, 0) / cells,
    rmse: rootMeanSquare(deviations),
    percentile95: percentileOf(deviations, HIGH),
    largest: Math.max(...deviations),
  };
}
