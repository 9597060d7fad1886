/** How the densities of an embedded-atom potential are indexed: `eam/fs` has one for each pair of elements. */
export type EamStyle = 'eam/alloy' | 'eam/fs';

export interface EamElement {
  readonly symbol: string;
  readonly atomicNumber: number;
  /** u. */
  readonly mass: number;
}

/**
 * An embedded-atom potential as tables over even grids that start at 0: the energy of atom i is
 * F(sum over j of rho(r_ij)) + 1/2 sum over j of phi(r_ij). Energies in eV, lengths in Å.
 */
export interface EamPotential {
  readonly style: EamStyle;
  /** The first three lines of the file: who made it, and what to cite. */
  readonly comments: readonly string[];
  readonly elements: readonly EamElement[];
  /** Step of the electron density between entries of `embedding`. */
  readonly densityStep: number;
  /** Step of the distance between entries of `density` and `pair`, Å. */
  readonly distanceStep: number;
  /** Å. */
  readonly cutoff: number;
  /** By element: F, eV. */
  readonly embedding: readonly Float64Array[];
  /** At `source * elements + host`: the density that a source atom brings to the place of a host atom. */
  readonly density: readonly Float64Array[];
  /** At `triangle(i, j)`: r phi(r), eV Å. */
  readonly pair: readonly Float64Array[];
}

/** Index of an unordered pair: (0, 0), (1, 0), (1, 1), (2, 0), ... */
export function triangle(i: number, j: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return (high * (high + 1)) / 2 + low;
}
