import { badParameter } from '#data/errors.ts';
import type { InputCell } from '../input.ts';

/** Electrons that the potential of an element leaves: the number behind -q in its name. */
function valenceOf({ settings }: InputCell, symbol: string): number {
  const name = settings.ofElement('potential', symbol);
  const [, electrons] = /-q(\d+)$/i.exec(name) ?? [];
  if (electrons) return Number(electrons);
  throw badParameter(
    `CP2K, potential of ${symbol}: give it with its number of electrons, as GTH-PBE-q16, not "${name}"`,
  );
}

/**
 * Electrons up minus electrons down to start from: the sum of the initial moments, rounded to what the number of
 * electrons allows. Smearing lets CP2K change it.
 */
export function countUnpaired(cell: InputCell): number {
  let moment = 0;
  let electrons = 0;
  for (const symbol of cell.structure.species) {
    moment += cell.settings.numberOfElement('moment', symbol, 0);
    electrons += valenceOf(cell, symbol);
  }
  const parity = electrons % 2;
  return Math.max(parity, 2 * Math.round((Math.abs(moment) - parity) / 2) + parity);
}

/** Empty orbitals of spin up and of spin down: both spins get the same number of orbitals in all. */
export function countAddedOrbitals(cell: InputCell): [number, number] {
  const up = Math.ceil(cell.settings.number('emptyPerAtom') * cell.structure.species.length);
  return [up, up + countUnpaired(cell)];
}
