import { badInput, type Refusal } from '#data/errors.ts';
import { lastIndexOf } from '../outputText.ts';
import type { EnergyTable } from './energyTable.ts';
import { findAbort, hasEnded, SCF_BEGINS } from './run.ts';

const SCF_STEP = /^ +(\d+) (?:OT|\S+\/Diag\.) /;

/** Why there are no atomic energies in a run that begins at line `start`, as well as its output tells. */
export function whyNoTable(
  lines: readonly string[],
  start: number,
  cutTable: EnergyTable | undefined,
  file: string,
): Refusal {
  const refuse = (message: string, index = lines.length - 1) => badInput({ file, line: index + 1, message });
  const abort = findAbort(lines, start);
  if (abort) return refuse(explainAbort(lines, start, abort.at, abort.message), abort.at);
  if (cutTable) {
    const place = cutTable.energy.length > 0 ? `after atom ${cutTable.energy.length}` : 'before its first row';
    return refuse(`the table of atomic energies is cut off ${place}: CP2K was killed, or the file is not whole`);
  }
  if (hasEnded(lines, start)) {
    const wanted = 'FORCE_EVAL/PROPERTIES/ATOMIC with ENERGY T (CP2K 2023 also PRINT_LEVEL MEDIUM)';
    return refuse(`CP2K came to its end without a table of atomic energies: the input needs ${wanted}`);
  }
  return refuse(`the file just stops ${whereItStops(lines.slice(start))}: CP2K was killed, or is still running`);
}

function explainAbort(lines: readonly string[], start: number, at: number, message: string): string {
  if (/k-points/.test(message)) {
    return `CP2K divides an energy among atoms at the Gamma point only, and aborted: ${message}`;
  }
  if (/NOT converged/.test(message)) return `the SCF loop did not converge, and CP2K aborted: ${message}`;
  const computed = lines.slice(start, at).some((line) => SCF_BEGINS.test(line) || line.startsWith(' ENERGY|'));
  return computed ? `CP2K aborted: ${message}` : `CP2K aborted while it read its input: ${message}`;
}

function whereItStops(run: readonly string[]): string {
  const scf = lastIndexOf(run, SCF_BEGINS);
  if (scf < 0) return 'before the SCF loop';
  const step = lastIndexOf(run, SCF_STEP);
  if (step < scf) return 'before the first SCF step';
  const stepText = `SCF step ${SCF_STEP.exec(run[step]!)![1]}`;
  return `after ${stepText}`;
}
