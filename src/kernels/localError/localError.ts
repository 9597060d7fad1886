import { type Cell, planeSpacings } from '#data/cell.ts';
import { nearestImage, type Vector3 } from '#data/nearestImage.ts';
import { withinSphere } from '#data/periodicSphere.ts';

/** Atoms between two yields: a few ms. */
const CHUNK = 1 << 15;

/** The error of an atom averaged with those around it, from the atom alone outwards (paper, Eq. 16). */
export interface LocalError {
  /** The atom in the middle. */
  readonly row: number;
  /** Å, ascending, the first 0: at each one more atom is counted. */
  readonly distances: Float64Array;
  /** |sum of the errors| / number of atoms, eV, as far as the same distance. */
  readonly mean: Float64Array;
  /** Distance of the nearest atom without an error, at which the curve ends, Å; null where all have one. */
  readonly cutAt: number | null;
}

/** No farther than this is each atom met once, Å: half the smallest distance between the faces that repeat. */
export function farthestOnce(cell: Cell): number {
  const spacings = planeSpacings(cell).filter((_, k) => cell.periodic[k]);
  return Math.min(Number.POSITIVE_INFINITY, ...spacings) / 2;
}

/**
 * Yields now and then.
 * @param positions [n, 3] Å. @param error [n] eV, NaN where unknown. @param radius Å, at most `farthestOnce`.
 */
export function* localError(
  positions: Float32Array,
  cell: Cell,
  error: ArrayLike<number>,
  row: number,
  radius: number,
): Generator<void, LocalError> {
  const at = (k: number): Vector3 => [positions[3 * k]!, positions[3 * k + 1]!, positions[3 * k + 2]!];
  const centre = at(row);
  const isNear = withinSphere(positions, cell, centre, radius);
  const near: { readonly other: number; readonly distance: number }[] = [];
  for (let other = 0; other < positions.length / 3; other++) {
    if (isNear(other)) {
      const [x, y, z] = at(other);
      const apart = nearestImage([x - centre[0], y - centre[1], z - centre[2]], cell);
      near.push({ other, distance: Math.hypot(...apart) });
    }
    if (other % CHUNK === 0) yield;
  }
  near.sort((a, b) => a.distance - b.distance || a.other - b.other);
  const unknown = near.findIndex(({ other }) => !Number.isFinite(error[other]));
  const known = unknown < 0 ? near : near.slice(0, unknown);
  let sum = 0;
  const mean = Float64Array.from(known, ({ other }, k) => {
    sum += error[other]!;
    return Math.abs(sum) / (k + 1);
  });
  return {
    row,
    distances: Float64Array.from(known, ({ distance }) => distance),
    mean,
    cutAt: unknown < 0 ? null : near[unknown]!.distance,
  };
}
