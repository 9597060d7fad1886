import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import type { CellList } from '../cellList/cellList.ts';
import { EMPTY_RADIUS, findEmptyProbes, makeProbeGrid, type ProbeGrid, probeCoordinate } from './probes.ts';

export interface Eligibility {
  /** [n] by row: 1 where the cube around this atom can be cut out. */
  readonly mask: Uint8Array;
  /** Why atoms are barred, and how many; each atom counts once, for the first reason that holds. */
  readonly barred: readonly { readonly reason: string; readonly count: number }[];
}

const ATOMS_PER_BLOCK = 4096;
/** Å; a cube exactly as wide as the snapshot, or one that ends exactly at its surface, is fine. */
const SAME_LENGTH = 1e-8;

/**
 * Which atoms can be the centre of a replica cell with this edge (METHOD section 5). Barred are all atoms where the
 * cube is wider than the snapshot, so that it would hold some atom twice; else atoms whose cube reaches past the
 * outermost atoms of an open direction, or into an empty region: a ball of `EMPTY_RADIUS` around a point of a 2 Å grid
 * with no atom in it.
 */
export function findEligibleCentres(
  list: CellList,
  edge: number,
  memory: MemoryLedger,
  control?: Control,
): Eligibility {
  const mask = memory.allocate('atoms that can be cut out', 'uint8', list.count);
  if (!fitsIntoSnapshot(list, edge)) {
    return { mask, barred: [{ reason: 'cube wider than the snapshot', count: list.count }] };
  }
  const grid = makeProbeGrid(list, memory);
  control?.begin('selecting', grid.empty.length + 2 * list.count);
  const emptyProbes = findEmptyProbes(list, grid, control);
  const counts = markEligible(list, emptyProbes > 0 ? grid : null, edge, 0, list.count, mask, control);
  memory.release(grid.empty);
  const barred = [
    { reason: 'cube reaches past an open boundary', count: counts.openBoundary },
    { reason: 'cube overlaps vacuum', count: counts.vacuum },
  ];
  return { mask, barred: barred.filter(({ count }) => count > 0) };
}

/**
 * Does a half-open cube with this edge hold every atom at most once, wherever it is? That is so unless a lattice vector
 * is shorter than the edge along x, y and z alike. It depends on the lattice only, not on which of its cells describes it.
 */
export function fitsIntoSnapshot({ vectors: v, inverse: m, periodic }: CellList, edge: number): boolean {
  const images = [0, 1, 2].map((k) => {
    const reciprocal = Math.hypot(m[k]!, m[3 + k]!, m[6 + k]!);
    return periodic[k] ? Math.floor(edge * Math.sqrt(3) * reciprocal) : 0;
  });
  for (let i = -images[0]!; i <= images[0]!; i++) {
    for (let j = -images[1]!; j <= images[1]!; j++) {
      for (let k = -images[2]!; k <= images[2]!; k++) {
        if (i === 0 && j === 0 && k === 0) continue;
        const longest = Math.max(...[0, 1, 2].map((c) => Math.abs(i * v[c]! + j * v[3 + c]! + k * v[6 + c]!)));
        if (longest < edge - SAME_LENGTH) return false;
      }
    }
  }
  return true;
}

/**
 * Judge the atoms at places [from, to): `mask`, by row, becomes 1 where the cube stays clear of open boundaries and of
 * empty probes (null: there are none). Returns how many are barred for which reason.
 */
function markEligible(
  list: CellList,
  grid: ProbeGrid | null,
  edge: number,
  from: number,
  to: number,
  mask: Uint8Array,
  control?: Control,
): { openBoundary: number; vacuum: number } {
  const counts = { openBoundary: 0, vacuum: 0 };
  for (let start = from; start < to; start += ATOMS_PER_BLOCK) {
    const end = Math.min(start + ATOMS_PER_BLOCK, to);
    for (let place = start; place < end; place++) {
      const crosses = crossesOpenBoundary(list, place, edge);
      const overlaps = !crosses && grid !== null && overlapsVacuum(list, grid, place, edge);
      if (crosses) counts.openBoundary++;
      if (overlaps) counts.vacuum++;
      mask[list.rowOfPlace[place]!] = crosses || overlaps ? 0 : 1;
    }
    control?.advance(end - start);
  }
  return counts;
}

/** How far a box of this half width reaches along direction `k`, in fractional coordinates. */
function fractionalReach({ inverse: m }: CellList, k: number, half: number): number {
  return half * (Math.abs(m[k]!) + Math.abs(m[3 + k]!) + Math.abs(m[6 + k]!));
}

function fractionalCoordinate({ inverse: m, position }: CellList, place: number, k: number): number {
  return position[3 * place]! * m[k]! + position[3 * place + 1]! * m[3 + k]! + position[3 * place + 2]! * m[6 + k]!;
}

function crossesOpenBoundary(list: CellList, place: number, edge: number): boolean {
  const { periodic, low, extent } = list;
  for (let k = 0; k < 3; k++) {
    if (periodic[k]) continue;
    const reach = fractionalReach(list, k, edge / 2 - SAME_LENGTH);
    const centre = fractionalCoordinate(list, place, k);
    if (centre - reach < low[k]! || centre + reach > low[k]! + extent[k]!) return true;
  }
  return false;
}

/** Does the cube touch the empty ball around any empty probe? */
function overlapsVacuum(list: CellList, grid: ProbeGrid, place: number, edge: number): boolean {
  const { vectors: v, periodic, low, extent } = list;
  const { shape, empty } = grid;
  const range = (k: 0 | 1 | 2): [number, number] => {
    const reach = fractionalReach(list, k, edge / 2 + EMPTY_RADIUS);
    const centre = fractionalCoordinate(list, place, k);
    const index = (fraction: number) => Math.floor(((fraction - low[k]) / extent[k]) * shape[k]);
    const [first, last] = [index(centre - reach), index(centre + reach)];
    return periodic[k] ? [first, last] : [Math.max(first, 0), Math.min(last, shape[k] - 1)];
  };
  const [firstA, lastA] = range(0);
  const [firstB, lastB] = range(1);
  const [firstC, lastC] = range(2);
  const wrap = (index: number, n: number) => index - Math.floor(index / n) * n;
  const beyond = (offset: number) => Math.max(Math.abs(offset) - edge / 2, 0);
  for (let i = firstA; i <= lastA; i++) {
    const a = probeCoordinate(list, grid, 0, i);
    for (let j = firstB; j <= lastB; j++) {
      const b = probeCoordinate(list, grid, 1, j);
      const line = (wrap(i, shape[0]) * shape[1] + wrap(j, shape[1])) * shape[2];
      for (let k = firstC; k <= lastC; k++) {
        if (!empty[line + wrap(k, shape[2])]) continue;
        const c = probeCoordinate(list, grid, 2, k);
        let distance2 = 0;
        for (let axis = 0; axis < 3; axis++) {
          const offset = a * v[axis]! + b * v[3 + axis]! + c * v[6 + axis]! - list.position[3 * place + axis]!;
          distance2 += beyond(offset) ** 2;
        }
        if (distance2 < EMPTY_RADIUS ** 2) return true;
      }
    }
  }
  return false;
}
