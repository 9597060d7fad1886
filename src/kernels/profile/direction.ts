import { type Cell, cellCentre } from '#data/cell.ts';

type Vector = readonly [number, number, number];

/** A direction by its components along x, y and z of the file: "1 1 0", "1, -1, 2". Null where it is none. */
export function readDirection(text: string): Vector | null {
  const parts = text
    .trim()
    .replaceAll('−', '-')
    .split(/[\s,;]+/)
    .map(Number);
  const [x, y, z] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite) || !(Math.hypot(x!, y!, z!) > 0)) return null;
  return [x!, y!, z!];
}

/** The same direction with length 1. */
export function unitVector([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

/** Distance along a unit vector of the middle of a cell from the origin of its file, and half of what the cell spans, Å. */
export function cellSpan(cell: Cell, direction: Vector): { readonly middle: number; readonly half: number } {
  const dot = (at: ArrayLike<number>, from = 0) =>
    at[from]! * direction[0] + at[from + 1]! * direction[1] + at[from + 2]! * direction[2];
  const half = 0.5 * [0, 3, 6].reduce((sum, from) => sum + Math.abs(dot(cell.vectors, from)), 0);
  return { middle: dot(cellCentre(cell)), half };
}
