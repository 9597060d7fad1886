import { badParameter } from '#data/errors.ts';

/** A periodic cube of perfect bcc crystal: the energy of its first atom is that of a bulk atom. */
export interface BulkReference {
  /** Å. */
  readonly edge: number;
  readonly latticeConstant: number;
  /** [54, 3] Å in [0, edge): the atom at the middle of the cell, then the others by their distance from it. */
  readonly position: Float64Array;
}

const REPEATS = 3;

/**
 * The bulk reference cell, 3 x 3 x 3 bcc (METHOD section 5).
 * @param latticeConstant Å: usually the median of the local ones of the BCC atoms.
 * @throws Refusal (`bad-parameter`) for a lattice constant that is no length.
 */
export function buildBulkReference(latticeConstant: number): BulkReference {
  if (!(latticeConstant > 0 && Number.isFinite(latticeConstant))) {
    throw badParameter(`Lattice constant of the bulk cell: expected a length in Å, found ${latticeConstant}`);
  }
  const edge = REPEATS * latticeConstant;
  const middle = REPEATS;
  // In halves of the lattice constant: corners have even coordinates, body centres odd ones.
  const sites: [number, number, number][] = [];
  for (let x = 0; x < 2 * REPEATS; x++)
    for (let y = x % 2; y < 2 * REPEATS; y += 2) for (let z = x % 2; z < 2 * REPEATS; z += 2) sites.push([x, y, z]);
  const distance2 = (site: readonly number[]) => site.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  sites.sort((p, q) => distance2(p) - distance2(q));
  return { edge, latticeConstant, position: Float64Array.from(sites.flat(), (half) => (half * latticeConstant) / 2) };
}
