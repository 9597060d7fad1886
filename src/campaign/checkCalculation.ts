import { Refusal } from '#data/errors.ts';
import type { Calculation } from '#engines/calculation.ts';
import { type AtomMatch, matchAtoms, type SentCell } from './matchAtoms.ts';

/** The energy of the centre, or why the calculation is put aside. Whole sentences, for people. */
export type CheckedCalculation =
  | { readonly energy_eV: number; readonly notes: readonly string[] }
  | {
      readonly quarantined: string;
      /** What the file says of the centre all the same, eV; null where its atoms are not those of the cell. */
      readonly energy_eV: number | null;
    };

/** Relative; programs check themselves to the same. */
const SAME_ENERGY = 1e-6;

/**
 * Take the energy of the centre, atom 1 of the cell, from what an output says, if every check passes: the reader saw
 * no problem, all numbers are finite, the atoms are those of the cell, and they add up to its energy.
 * A file with one atom is read as the centre alone; the energy of the cell then cannot be checked.
 */
export function checkCalculation(calculation: Calculation, cell: SentCell, file: string): CheckedCalculation {
  const { atoms } = calculation;
  const centreAlone = atoms.energy.length === 1 && cell.position.length > 3 && atoms.position !== null;
  const general = findReason(calculation);
  try {
    const match = matchAtoms(atoms, centreAlone ? centreOf(cell) : cell, file);
    const energy = atoms.energy[match.rowOf[0]!]!;
    const reason = general ?? (centreAlone ? null : compareSum(calculation));
    if (reason !== null) return { quarantined: reason, energy_eV: Number.isFinite(energy) ? energy : null };
    return { energy_eV: energy, notes: takeNotes(calculation, match, centreAlone) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { quarantined: general ?? thrown.message, energy_eV: null };
    throw thrown;
  }
}

function centreOf({ position, edge, species }: SentCell): SentCell {
  return { position: position.subarray(0, 3), edge, species: species?.slice(0, 1) ?? null };
}

/** What speaks against a calculation whatever the cell. */
function findReason({ problems, convergence, atoms, total_eV }: Calculation): string | null {
  if (problems.length > 0) return problems.join(' ');
  if (convergence === 'not-converged') return 'The calculation did not converge.';
  const infinite = atoms.energy.findIndex((energy) => !Number.isFinite(energy));
  if (infinite >= 0) return `The energy of atom ${infinite + 1} is no finite number.`;
  if (total_eV !== null && !Number.isFinite(total_eV)) return 'The energy of the cell is no finite number.';
  if (atoms.position?.some((x) => !Number.isFinite(x))) return 'A coordinate is no finite number.';
  return null;
}

function compareSum({ atoms, total_eV }: Calculation): string | null {
  if (total_eV === null) return null;
  const sum = atoms.energy.reduce((all, energy) => all + energy, 0);
  if (Math.abs(sum - total_eV) <= SAME_ENERGY * Math.abs(total_eV)) return null;
  return `The atomic energies add up to ${sum.toFixed(6)} eV, but the cell has ${total_eV.toFixed(6)} eV.`;
}

function takeNotes({ convergence, total_eV }: Calculation, match: AtomMatch, centreAlone: boolean): string[] {
  const notes: string[] = [];
  if (match.by === 'order') notes.push('The file has no coordinates: the order of its atoms is trusted.');
  else if (!match.sameOrder) notes.push('The file has the atoms in another order: they were matched by coordinates.');
  if (!match.speciesCompared) notes.push('Elements could not be compared.');
  if (centreAlone) notes.push('The file has the centre only.');
  else if (total_eV === null) notes.push('The file has no energy of the cell to compare the sum of its atoms with.');
  if (convergence === 'unknown') notes.push('The file does not say whether the calculation converged.');
  return notes;
}
