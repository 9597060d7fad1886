import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import type { CellList } from '../cellList/cellList.ts';
import { NeighbourFinder } from '../cellList/neighbours.ts';

/**
 * A point is empty when no atom is nearer than this, Å: the paper's SOAP cutoff, so an atom there would see nothing.
 * In bcc iron no point is farther than 1.6 Å from an atom, the middle of a vacancy 2.5 Å, of a hole of 15 atoms 4.06 Å;
 * a gap between two surfaces counts from 8 to 10 Å on, as the grid falls.
 */
export const EMPTY_RADIUS = 4;
/** In a crystal everything is nearer than this, Å, and such a search looks into 27 bins only. */
const USUAL_RADIUS = 2;
const PROBE_SPACING = 2;
/** Probes per block: 5 to 20 ms. */
const BLOCK = 1 << 15;
/** A box of nothing with a few atoms must not cost more memory than this many bytes; its probes lie wider apart. */
const MOST_PROBES = 1 << 26;

/** Points spread over the cell along its vectors, at most 2 Å apart; over the atoms' extent along open directions. */
export interface ProbeGrid {
  readonly shape: readonly [number, number, number];
  /** [probes] 1 where the point is empty; the last direction runs fastest. */
  readonly empty: Uint8Array;
}

export function makeProbeGrid(list: CellList, memory: MemoryLedger): ProbeGrid {
  const { vectors: v, extent } = list;
  const edges = [0, 1, 2].map((k) => Math.hypot(v[3 * k]!, v[3 * k + 1]!, v[3 * k + 2]!) * extent[k]!);
  const shapeAt = (spacing: number) => edges.map((edge) => Math.max(1, Math.ceil(edge / spacing)));
  let spacing = PROBE_SPACING;
  while (shapeAt(spacing).reduce((product, n) => product * n, 1) > MOST_PROBES) spacing *= 1.1;
  const shape = shapeAt(spacing) as [number, number, number];
  return { shape, empty: memory.allocate('empty space', 'uint8', shape[0] * shape[1] * shape[2]) };
}

/** Fractional coordinate, relative to the cell's origin, of probe number `index` along direction `k`. */
export function probeCoordinate(list: CellList, grid: ProbeGrid, k: 0 | 1 | 2, index: number): number {
  return list.low[k] + (list.extent[k] * (index + 0.5)) / grid.shape[k];
}

/** Find out which of the probes [from, to) are empty; returns how many are. */
export function findEmptyProbes(list: CellList, grid: ProbeGrid, from: number, to: number, control?: Control): number {
  const finder = new NeighbourFinder(list);
  const v = list.vectors;
  const [, ny, nz] = grid.shape;
  let count = 0;
  for (let start = from; start < to; start += BLOCK) {
    const end = Math.min(start + BLOCK, to);
    for (let probe = start; probe < end; probe++) {
      const a = probeCoordinate(list, grid, 0, Math.floor(probe / (ny * nz)));
      const b = probeCoordinate(list, grid, 1, Math.floor(probe / nz) % ny);
      const c = probeCoordinate(list, grid, 2, probe % nz);
      const x = a * v[0]! + b * v[3]! + c * v[6]!;
      const y = a * v[1]! + b * v[4]! + c * v[7]!;
      const z = a * v[2]! + b * v[5]! + c * v[8]!;
      const isEmpty =
        finder.findAround(x, y, z, USUAL_RADIUS, 1) === 0 && finder.findAround(x, y, z, EMPTY_RADIUS, 1) === 0;
      grid.empty[probe] = isEmpty ? 1 : 0;
      if (isEmpty) count++;
    }
    control?.advance(end - start);
  }
  return count;
}
