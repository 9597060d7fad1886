import type { Cell } from '#data/cell.ts';

/** Fractions of the cell to Å, in place: r = origin + s H. */
export function unscale(position: Float64Array, { vectors: v, origin }: Cell): void {
  for (let at = 0; at < position.length; at += 3) {
    const [a, b, c] = [position[at]!, position[at + 1]!, position[at + 2]!];
    for (let k = 0; k < 3; k++) position[at + k] = origin[k]! + a * v[k]! + b * v[3 + k]! + c * v[6 + k]!;
  }
}
