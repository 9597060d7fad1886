import { type Cell, invertCell, planeSpacings } from './cell.ts';

export type Vector3 = readonly [number, number, number];

/**
 * The shortest of all periodic images of a vector, in a cell of any shape. Taking each fraction to the nearest integer,
 * as is often done, is only right where the cell is nearly orthogonal; this looks at every image that could be shorter:
 * along each direction the distance between the planes bounds it from below.
 * @param vector Å.
 */
export function nearestImage(vector: Vector3, cell: Cell): Vector3 {
  const { vectors: v, periodic } = cell;
  const inverse = invertCell(cell);
  const spacings = planeSpacings(cell);
  const fraction = [0, 1, 2].map(
    (k) => vector[0] * inverse[k]! + vector[1] * inverse[3 + k]! + vector[2] * inverse[6 + k]!,
  );
  const image = (shifts: readonly number[]): Vector3 => {
    const along = (c: number) => vector[c]! + shifts[0]! * v[c]! + shifts[1]! * v[3 + c]! + shifts[2]! * v[6 + c]!;
    return [along(0), along(1), along(2)];
  };
  let best = image(fraction.map((f, k) => (periodic[k] ? -Math.round(f) : 0)));
  const reach = Math.hypot(...best);
  const range = (k: number): [number, number] => {
    if (!periodic[k]) return [0, 0];
    const planes = reach / spacings[k]!;
    return [Math.ceil(-fraction[k]! - planes), Math.floor(-fraction[k]! + planes)];
  };
  const [[fromA, toA], [fromB, toB], [fromC, toC]] = [range(0), range(1), range(2)];
  for (let a = fromA; a <= toA; a++)
    for (let b = fromB; b <= toB; b++)
      for (let c = fromC; c <= toC; c++) {
        const other = image([a, b, c]);
        if (Math.hypot(...other) < Math.hypot(...best)) best = other;
      }
  return best;
}

/** Angle between two vectors, degrees: by the half angle, which is good where the cosine is flat. NaN for no vector. */
export function angleBetween(a: Vector3, b: Vector3): number {
  const [la, lb] = [Math.hypot(...a), Math.hypot(...b)];
  const apart = Math.hypot(...a.map((x, k) => x / la - b[k]! / lb));
  const together = Math.hypot(...a.map((x, k) => x / la + b[k]! / lb));
  return (2 * Math.atan2(apart, together) * 180) / Math.PI;
}

/** A chain of atoms, each at the image that is nearest to the one before; and what it measures. */
export interface Measurement {
  /** [atoms, 3] Å, in the frame of the positions. */
  readonly points: readonly Vector3[];
  /** Distance between each two that follow one another, Å. */
  readonly distances: readonly number[];
  /** Angle at the middle one of three, degrees; null for fewer. */
  readonly angle: number | null;
}

/** @param position [n, 3] Å. */
export function measureAtoms(position: Float32Array | Float64Array, rows: readonly number[], cell: Cell): Measurement {
  const at = (row: number): Vector3 => [position[3 * row]!, position[3 * row + 1]!, position[3 * row + 2]!];
  const steps = rows.slice(1).map((row, k) => nearestImage(minus(at(row), at(rows[k]!)), cell));
  const points = rows.slice(0, 1).map(at);
  for (const step of steps) points.push(plus(points.at(-1)!, step));
  const [first, second] = steps;
  return {
    points,
    distances: steps.map((step) => Math.hypot(...step)),
    angle: first && second ? angleBetween(minus([0, 0, 0], first), second) : null,
  };
}

function plus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function minus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
