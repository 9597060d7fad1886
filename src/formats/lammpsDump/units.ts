import { badInput, type Place, type Warning } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';

/**
 * What there is to say of the units of a dump.
 * @throws Refusal where lengths are not in Å, which leaves LAMMPS' units metal (energies in eV) and real (kcal/mol).
 */
export function warnOfUnits(place: Place, units: string): Warning[] {
  if (units === 'metal') return [];
  if (units !== 'real') {
    throw badInput({ ...place, expected: 'units metal or real (lengths in Å)', found: quote(units) });
  }
  return [{ message: 'The dump is in LAMMPS units real: its energies are in kcal/mol, not eV.' }];
}
