import type { Convergence } from '../calculation.ts';
import { lastIndexOf } from '../outputText.ts';

/** Index of the line where the last run of the file begins: CP2K appends to an output that exists. */
export function startOfLastRun(lines: readonly string[]): number {
  return Math.max(0, lastIndexOf(lines, /PROGRAM STARTED AT/));
}

export const NOT_CONVERGED = /NOT converged/;
const CONVERGED = /SCF run converged in|outer SCF loop converged in/;
export const SCF_BEGINS = /^ SCF WAVEFUNCTION OPTIMIZATION/;

/** How the SCF loops in these lines ended. */
export function scfState(lines: readonly string[]): Convergence {
  const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  if (has(NOT_CONVERGED)) return 'not-converged';
  if (has(CONVERGED)) return 'converged';
  return has(SCF_BEGINS) ? 'unknown' : 'no-self-consistency';
}

export interface Abort {
  /** Index of the line. */
  readonly at: number;
  /** As printed: "CPASSERT failed (force_env_methods.F:452)". */
  readonly message: string;
}

/** Columns that the drawing of a person beside the message takes. */
const DRAWING = 10;

/** What CP2K says in its box when it aborts, or null. */
export function findAbort(lines: readonly string[], from: number): Abort | null {
  const at = lines.findIndex((line, index) => index >= from && line.includes('[ABORT]'));
  if (at < 0) return null;
  const words: string[] = [];
  for (let index = at; index < lines.length && !/^\s*\*{10,}\s*$/.test(lines[index]!); index++) {
    const text = lines[index]!.slice(DRAWING)
      .replace(/\*?\s*$/, '')
      .trim();
    if (text !== '') words.push(text);
  }
  const place = /\.F:\d+$/.test(words.at(-1) ?? '') ? ` (${words.pop()})` : '';
  return { at, message: `${words.join(' ').replace(/\.$/, '')}${place}` };
}

/** Whether the run came to its own end. */
export function hasEnded(lines: readonly string[], from: number): boolean {
  return lines.some((line, index) => index >= from && line.includes('PROGRAM ENDED AT'));
}
