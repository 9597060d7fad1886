/**
 * A simulation cell: three vectors (rows), an origin, and which directions repeat. Lengths in Å.
 * Any shape: "thickness" is always the spacing of lattice planes, never the length of an edge.
 */
export interface Cell {
  /** Row-major 3 x 3: a, b, c. */
  readonly vectors: Float64Array;
  readonly origin: Float64Array;
  readonly periodic: readonly [boolean, boolean, boolean];
}

type Triple = readonly [number, number, number];

export function makeCell(
  vectors: ArrayLike<number>,
  origin: ArrayLike<number> = [0, 0, 0],
  periodic: readonly [boolean, boolean, boolean] = [true, true, true],
): Cell {
  return { vectors: Float64Array.from(vectors), origin: Float64Array.from(origin), periodic };
}

export function makeCubicCell(edge: number): Cell {
  return makeCell([edge, 0, 0, 0, edge, 0, 0, 0, edge]);
}

/** Signed volume in Å^3. */
export function cellVolume({ vectors: v }: Cell): number {
  return (
    v[0]! * (v[4]! * v[8]! - v[5]! * v[7]!) -
    v[1]! * (v[3]! * v[8]! - v[5]! * v[6]!) +
    v[2]! * (v[3]! * v[7]! - v[4]! * v[6]!)
  );
}

/**
 * Inverse H^-1 of the matrix of rows, row-major, so that fractional = (r - origin) H^-1 (row vector times matrix).
 * Column k of it is the reciprocal vector of direction k (without 2 pi).
 */
export function invertCell(cell: Cell): Float64Array {
  const v = cell.vectors;
  const volume = cellVolume(cell);
  const inverse = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    const p = ((row + 1) % 3) * 3;
    const q = ((row + 2) % 3) * 3;
    inverse[row] = (v[p + 1]! * v[q + 2]! - v[p + 2]! * v[q + 1]!) / volume;
    inverse[3 + row] = (v[p + 2]! * v[q]! - v[p]! * v[q + 2]!) / volume;
    inverse[6 + row] = (v[p]! * v[q + 1]! - v[p + 1]! * v[q]!) / volume;
  }
  return inverse;
}

/** Spacing of the lattice planes across each direction, Å: 1 / |reciprocal vector|. */
export function planeSpacings(cell: Cell): [number, number, number] {
  const inverse = invertCell(cell);
  const spacing = (k: number) => 1 / Math.hypot(inverse[k]!, inverse[3 + k]!, inverse[6 + k]!);
  return [spacing(0), spacing(1), spacing(2)];
}

/** Centre of a cell in the coordinates of its file, Å. */
export function cellCentre({ vectors: v, origin }: Cell): [number, number, number] {
  const along = (k: number) => origin[k]! + (v[k]! + v[3 + k]! + v[6 + k]!) / 2;
  return [along(0), along(1), along(2)];
}

/** The same direction with length 1. */
export function unitVector([x, y, z]: Triple): Triple {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

/** Distance along a unit vector of the middle of a cell from the origin of its file, and half of what the cell spans, Å. */
export function cellSpan(cell: Cell, direction: Triple): { readonly middle: number; readonly half: number } {
  const dot = (at: ArrayLike<number>, from = 0) =>
    at[from]! * direction[0] + at[from + 1]! * direction[1] + at[from + 2]! * direction[2];
  const half = 0.5 * [0, 3, 6].reduce((sum, from) => sum + Math.abs(dot(cell.vectors, from)), 0);
  return { middle: dot(cellCentre(cell)), half };
}

/**
 * Positions for drawing: wrapped into the cell along its periodic directions and taken about its centre. Float32 is
 * then good to 1e-5 Å across a micrometre.
 * @param position [n, 3] Å as in the file.
 * @param centred [n, 3] Å: written.
 */
export function centrePositions(position: Float64Array, cell: Cell, centred: Float32Array): void {
  const { vectors: v, periodic } = cell;
  const inverse = invertCell(cell);
  const [cx, cy, cz] = cellCentre(cell);
  for (let at = 0; at < position.length; at += 3) {
    let x = position[at]! - cx;
    let y = position[at + 1]! - cy;
    let z = position[at + 2]! - cz;
    for (let k = 0; k < 3; k++) {
      if (!periodic[k]) continue;
      const cells = Math.floor(x * inverse[k]! + y * inverse[3 + k]! + z * inverse[6 + k]! + 0.5);
      if (cells === 0) continue;
      x -= cells * v[3 * k]!;
      y -= cells * v[3 * k + 1]!;
      z -= cells * v[3 * k + 2]!;
    }
    centred[at] = x;
    centred[at + 1] = y;
    centred[at + 2] = z;
  }
}
