import { Refusal } from '#data/errors.ts';
import type { Calculation } from './calculation.ts';

type Read = (text: string) => Calculation;

/** The sentence that reading was refused with. Anything else, success included, is thrown. */
export function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.message;
    throw thrown;
  }
  throw new Error('this was not refused');
}

/**
 * Cuts the text before and after the end of every line. Gives the cuts that read as a success with other numbers than
 * the whole: there must be none.
 */
export function silentCuts(text: string, read: Read): string[] {
  const whole = read(text);
  const ends = [...text.matchAll(/\n/g)].flatMap(({ index }) => [index, index + 1]);
  return ends.flatMap((end) => {
    const cut = attempt(read, text.slice(0, end));
    const honest = cut === null || cut.problems.length > 0 || isSame(cut, whole);
    return honest ? [] : [`cut after ${end} characters: ${cut.atoms.energy.join(' ')}`];
  });
}

function attempt(read: Read, text: string): Calculation | null {
  try {
    return read(text);
  } catch (thrown) {
    if (thrown instanceof Refusal) return null;
    throw thrown;
  }
}

function isSame(one: Calculation, other: Calculation): boolean {
  const { energy } = other.atoms;
  return one.atoms.energy.length === energy.length && one.atoms.energy.every((value, atom) => value === energy[atom]);
}
