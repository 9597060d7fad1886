import type { CellList } from '../cellList/cellList.ts';

/**
 * Which pairs of atoms may cost one of them its place: `new-pairs` only those that the new periodicity brought
 * together, `all-pairs` every pair, the neighbours in the snapshot too (METHOD section 5).
 */
export type SeamRule = 'new-pairs' | 'all-pairs';

/** Two atoms of a cube and the shortest distance between them in the periodic cube. */
export interface SeamPair {
  readonly first: number;
  readonly second: number;
  /** Å. */
  readonly distance: number;
  /** True where this distance is across a face of the cube, and the snapshot has no such pair. */
  readonly isNew: boolean;
}

/** Number of a shift (x, y, z), each -1, 0 or 1, of the periodic cube. */
function shiftNumber(x: number, y: number, z: number): number {
  return 9 * (x + 1) + 3 * (y + 1) + z + 1;
}

/** A translation is one of the snapshot's own when its fractional coordinates are whole up to this. */
const WHOLE = 1e-9;

/**
 * [27] 1 where a shift of the periodic cube is new, 0 where the snapshot repeats so itself: without a shift, and where
 * the cube is exactly as wide as the snapshot. Pairs across such a face are real.
 */
export function findNewShifts({ inverse: m, periodic }: CellList, edge: number): number[] {
  const isNew: number[] = [];
  for (const x of [-1, 0, 1]) {
    for (const y of [-1, 0, 1]) {
      for (const z of [-1, 0, 1]) {
        const isOld = periodic.every((repeats, k) => {
          const fraction = edge * (x * m[k]! + y * m[3 + k]! + z * m[6 + k]!);
          return Math.abs(fraction - (repeats ? Math.round(fraction) : 0)) < WHOLE;
        });
        isNew[shiftNumber(x, y, z)] = isOld ? 0 : 1;
      }
    }
  }
  return isNew;
}

/**
 * Every pair of atoms of a periodic cube at its shortest distance, in the order of the atoms.
 * @param displacement [m, 3] in [-edge/2, edge/2), Å.
 * @param newShifts From `findNewShifts`.
 */
export function findSeamPairs(displacement: Float64Array, edge: number, newShifts: readonly number[]): SeamPair[] {
  const count = displacement.length / 3;
  const pairs: SeamPair[] = [];
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      const apart = (c: number) => displacement[3 * second + c]! - displacement[3 * first + c]!;
      const [x, y, z] = [apart(0), apart(1), apart(2)];
      const [i, j, k] = [nearestShift(x, edge), nearestShift(y, edge), nearestShift(z, edge)];
      const distance = Math.hypot(x + i * edge, y + j * edge, z + k * edge);
      pairs.push({ first, second, distance, isNew: newShifts[shiftNumber(i, j, k)] === 1 });
    }
  }
  return pairs;
}

/** The shift that brings a component nearest to zero; none where two are equally near. */
function nearestShift(component: number, edge: number): -1 | 0 | 1 {
  if (component > edge / 2) return -1;
  return component < -edge / 2 ? 1 : 0;
}
