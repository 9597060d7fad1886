import { type EamPotential, triangle } from '#data/eamPotential.ts';
import { badParameter } from '#data/errors.ts';
import { buildSpline, type Spline } from './spline.ts';

/** A potential made ready to compute with. Plain data over typed arrays: threads are given it as it is. */
export interface EamModel {
  readonly elements: number;
  /** Å. */
  readonly cutoff: number;
  /** By element: F(rho), eV. */
  readonly embedding: readonly Spline[];
  /** At `source * elements + host`: density that a source atom brings to a host atom. */
  readonly density: readonly Spline[];
  /** At `one * elements + other`, either way round: r phi(r), eV Å. */
  readonly pair: readonly Spline[];
}

export function buildEamModel(potential: EamPotential): EamModel {
  const { densityStep, distanceStep, cutoff } = potential;
  const elements = potential.elements.length;
  const pairs = potential.pair.map((table) => buildSpline(table, distanceStep));
  // With eam/alloy one table serves every host: its spline is built, and sent to threads, once.
  const splineOf = new Map(potential.density.map((table) => [table, buildSpline(table, distanceStep)]));
  return {
    elements,
    cutoff,
    embedding: potential.embedding.map((table) => buildSpline(table, densityStep)),
    density: potential.density.map((table) => splineOf.get(table)!),
    pair: Array.from({ length: elements ** 2 }, (_, k) => pairs[triangle(Math.floor(k / elements), k % elements)]!),
  };
}

/**
 * Which element of the potential each type of a snapshot is.
 * @param species One symbol a type; null where the snapshot names none, which only a potential of one element allows.
 * @returns [types] index into the potential's elements.
 * @throws Refusal (`bad-parameter`) for a type that the potential does not know.
 */
export function matchElements(potential: EamPotential, species: readonly (string | null)[]): Uint8Array {
  const symbols = potential.elements.map(({ symbol }) => symbol);
  const known = symbols.join(', ');
  return Uint8Array.from(species, (name, type) => {
    if (name === null && symbols.length === 1) return 0;
    if (name === null) {
      throw badParameter(`The potential has ${symbols.length} elements (${known}): say which one type ${type + 1} is`);
    }
    const element = symbols.indexOf(name);
    if (element < 0) throw badParameter(`The potential is for ${known}; the snapshot has ${name}`);
    return element;
  });
}
