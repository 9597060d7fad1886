import { type Cell, planeSpacings } from '#data/cell.ts';

/** Å^-1 in which two spacings are one: rounding must not add a point. */
const SAME = 1e-9;

/**
 * Points of a k-mesh along the three reciprocal vectors: the length of each (2 pi over the spacing of its planes) over
 * the wanted spacing, rounded up. This is VASP's KSPACING.
 * @param spacing 1/Å, with the factor 2 pi.
 */
export function countMeshPoints(cell: Cell, spacing: number): [number, number, number] {
  const count = (planes: number) => Math.max(1, Math.ceil((2 * Math.PI) / planes / spacing - SAME));
  const [a, b, c] = planeSpacings(cell);
  return [count(a), count(b), count(c)];
}
