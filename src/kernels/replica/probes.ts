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

/** Marks, while empty probes are searched for, those with an atom in the box around them. */
const OCCUPIED = 2;

/**
 * Find out which probes are empty; returns how many are. In a crystal nearly every probe has an atom in its own box or
 * one beside it, which costs a hundredth of a search.
 */
export function findEmptyProbes(list: CellList, grid: ProbeGrid, control?: Control): number {
  const { shape, empty } = grid;
  occupyBoxes(list, grid, control);
  const offsets = certainlyNear(list, shape);
  const finder = new NeighbourFinder(list);
  let count = 0;
  for (let start = 0; start < empty.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, empty.length);
    for (let probe = start; probe < end; probe++) {
      if (empty[probe] === OCCUPIED) continue;
      const i = Math.floor(probe / (shape[1] * shape[2]));
      const j = Math.floor(probe / shape[2]) % shape[1];
      const k = probe % shape[2];
      if (isNearOccupied(list, grid, offsets, i, j, k) || !isEmpty(list, grid, finder, i, j, k)) continue;
      empty[probe] = 1;
      count++;
    }
    control?.advance(end - start);
  }
  for (let probe = 0; probe < empty.length; probe++) if (empty[probe] === OCCUPIED) empty[probe] = 0;
  return count;
}

function occupyBoxes(list: CellList, { shape, empty }: ProbeGrid, control?: Control): void {
  const { inverse: m, position, low, extent, count } = list;
  for (let start = 0; start < count; start += BLOCK) {
    const end = Math.min(start + BLOCK, count);
    for (let place = start; place < end; place++) {
      let box = 0;
      for (let k = 0; k < 3; k++) {
        const f =
          position[3 * place]! * m[k]! + position[3 * place + 1]! * m[3 + k]! + position[3 * place + 2]! * m[6 + k]!;
        const index = Math.floor(((f - low[k]!) / extent[k]!) * shape[k]!);
        // The outermost atoms of an open direction lie on the last box's far face.
        box = box * shape[k]! + Math.max(0, Math.min(shape[k]! - 1, index));
      }
      empty[box] = OCCUPIED;
    }
    control?.advance(end - start);
  }
}

function isNearOccupied(
  { periodic }: CellList,
  { shape, empty }: ProbeGrid,
  offsets: readonly Offset[],
  i: number,
  j: number,
  k: number,
): boolean {
  for (const [di, dj, dk] of offsets) {
    const a = neighbour(i + di, shape[0], periodic[0]);
    const b = neighbour(j + dj, shape[1], periodic[1]);
    const c = neighbour(k + dk, shape[2], periodic[2]);
    if (a >= 0 && b >= 0 && c >= 0 && empty[(a * shape[1] + b) * shape[2] + c] === OCCUPIED) return true;
  }
  return false;
}

/** An index at most one beyond its range, wrapped, or -1 where the direction ends there. */
function neighbour(index: number, length: number, periodic: boolean): number {
  if (index >= 0 && index < length) return index;
  if (!periodic) return -1;
  return index < 0 ? length - 1 : 0;
}

function isEmpty(list: CellList, grid: ProbeGrid, finder: NeighbourFinder, i: number, j: number, k: number): boolean {
  const v = list.vectors;
  const a = probeCoordinate(list, grid, 0, i);
  const b = probeCoordinate(list, grid, 1, j);
  const c = probeCoordinate(list, grid, 2, k);
  const x = a * v[0]! + b * v[3]! + c * v[6]!;
  const y = a * v[1]! + b * v[4]! + c * v[7]!;
  const z = a * v[2]! + b * v[5]! + c * v[8]!;
  return finder.findAround(x, y, z, USUAL_RADIUS, 1) === 0 && finder.findAround(x, y, z, EMPTY_RADIUS, 1) === 0;
}

/** Whole probes away along the three cell vectors. */
type Offset = readonly [number, number, number];

/** Boxes of which every corner is nearer to a probe than `EMPTY_RADIUS`: an atom in one of them is near, wherever it is. */
function certainlyNear({ vectors: v, extent }: CellList, shape: ProbeGrid['shape']): Offset[] {
  const near: Offset[] = [];
  const steps = [-1, 0, 1];
  for (const i of steps) {
    for (const j of steps) {
      for (const k of steps) {
        if (farthestCorner([i, j, k]) < EMPTY_RADIUS) near.push([i, j, k]);
      }
    }
  }
  return near;

  function farthestCorner(offset: Offset): number {
    let farthest = 0;
    for (let corner = 0; corner < 8; corner++) {
      const f = offset.map((value, k) => ((value + ((corner >> k) & 1) - 0.5) * extent[k]!) / shape[k]!);
      const xyz = [0, 1, 2].map((axis) => f[0]! * v[axis]! + f[1]! * v[3 + axis]! + f[2]! * v[6 + axis]!);
      farthest = Math.max(farthest, Math.hypot(...xyz));
    }
    return farthest;
  }
}
