import { type Cell, invertCell, planeSpacings } from './cell.ts';

type Point = readonly [x: number, y: number, z: number];

/**
 * Whether points lie within a radius of a centre or of one of its periodic images; any cell, any radius.
 * @param positions [n, 3] Å; the centre in the same coordinates.
 */
export function withinSphere(
  positions: Float32Array,
  cell: Cell,
  [cx, cy, cz]: Point,
  radius: number,
): (row: number) => boolean {
  const { vectors: v, periodic } = cell;
  const inverse = invertCell(cell);
  // An image whose fractional distance along a direction is larger than the radius is in plane spacings is too far.
  const reach = planeSpacings(cell).map((spacing) => radius / spacing);
  const radius2 = radius * radius;
  const images = (fraction: number, k: number): [number, number] =>
    periodic[k] ? [Math.ceil(-reach[k]! - fraction), Math.floor(reach[k]! - fraction)] : [0, 0];

  return (row) => {
    const x = positions[3 * row]! - cx;
    const y = positions[3 * row + 1]! - cy;
    const z = positions[3 * row + 2]! - cz;
    const [a0, a1] = images(x * inverse[0]! + y * inverse[3]! + z * inverse[6]!, 0);
    const [b0, b1] = images(x * inverse[1]! + y * inverse[4]! + z * inverse[7]!, 1);
    const [c0, c1] = images(x * inverse[2]! + y * inverse[5]! + z * inverse[8]!, 2);
    for (let a = a0; a <= a1; a++) {
      for (let b = b0; b <= b1; b++) {
        for (let c = c0; c <= c1; c++) {
          const dx = x + a * v[0]! + b * v[3]! + c * v[6]!;
          const dy = y + a * v[1]! + b * v[4]! + c * v[7]!;
          const dz = z + a * v[2]! + b * v[5]! + c * v[8]!;
          if (dx * dx + dy * dy + dz * dz <= radius2) return true;
        }
      }
    }
    return false;
  };
}
