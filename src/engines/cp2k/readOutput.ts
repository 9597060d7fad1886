import { EV_PER_KCAL_PER_MOL, EV_PER_UNIT } from '#chem/units.ts';
import { badInput } from '#data/errors.ts';
import type { Calculation, Convergence, OutputReader } from '../calculation.ts';
import { lastIndexOf, parseFixed, scale, splitLines, sumOf } from '../outputText.ts';
import { type EnergyTable, findTables } from './energyTable.ts';
import { findAbort, hasEnded, NOT_CONVERGED, scfState, startOfLastRun } from './run.ts';
import { whyNoTable } from './whyNoTable.ts';

const HARTREE = EV_PER_UNIT.Ha;
/** Relative difference of the atoms' sum and the energy of the cell below which CP2K's own check passes. */
const SAME_ENERGY = 1e-6;
/** Last digit of a row, Hartree. */
const ROW_DIGIT = 1e-10;

/** Units that the energy of the cell may be printed in (2025.1 on), in eV. */
const PRINTED_UNITS: Readonly<Record<string, number>> = {
  'a.u.': HARTREE,
  hartree: HARTREE,
  ry: EV_PER_UNIT.Ry,
  ev: 1,
  kev: 1000,
  kcalmol: EV_PER_KCAL_PER_MOL,
  kjmol: EV_PER_KCAL_PER_MOL / 4.184,
};
const TOTAL = /^ ENERGY\| Total FORCE_EVAL \(\s*(\S+)\s*\) energy \[([^\]]+)\]:?\s+(\S+)/;
/** Values of METHOD that run no self-consistency. */
const CLASSICAL_METHODS = ['FIST', 'EIP', 'NNP'];

type WholeTable = EnergyTable & { readonly sums: NonNullable<EnergyTable['sums']> };

/**
 * The output of CP2K (`cp2k -o`), whose last run counts. Atomic energies are those of the last whole table.
 * CP2K 2023 and before are read for force fields only: of an SCF run their table lacks exchange and correlation.
 */
export const cp2k: OutputReader = {
  code: 'CP2K',
  recognises: (head) => /^ CP2K\| |^[ *]*PROGRAM STARTED AT|^ DBCSR\| /m.test(head),
  read(text, file): Calculation {
    const lines = splitLines(text);
    const start = startOfLastRun(lines);
    const tables = findTables(lines, start, file);
    const whole = tables.filter((table): table is WholeTable => table.sums !== null);
    const table = whole.at(-1);
    if (!table) throw whyNoTable(lines, start, tables.at(-1), file);

    const before = whole.at(-2)?.end ?? start;
    const own = lines.slice(before, table.title);
    const printed = printedTotal(own);
    const state = scfState(own);
    const classical = state === 'no-self-consistency' && CLASSICAL_METHODS.includes(printed?.method ?? '');
    const convergence: Convergence = classical || state !== 'no-self-consistency' ? state : 'unknown';
    if (table.old && !classical) {
      throw badInput({
        file,
        line: table.title + 1,
        message:
          'CP2K before 2024.1 leaves the exchange-correlation part out of its atomic energies: ' +
          'compute the cell with 2024.1 or later',
      });
    }
    return {
      code: 'CP2K',
      version: /CP2K version (\S+)/.exec(lines.slice(start).join('\n'))?.[1] ?? null,
      partition: classical ? 'classical' : 'mulliken',
      convergence,
      atoms: {
        energy: scale(table.energy, HARTREE),
        species: table.species,
        position: table.position && Float64Array.from(table.position),
      },
      total_eV: printed?.energy_eV ?? table.sums.total * HARTREE,
      line: table.firstRow + 1,
      problems: [
        ...convergenceProblems(lines, before, table.title, convergence),
        ...sumProblems(table),
        ...endProblems(lines, start, table.end),
        ...tableProblems(lines, start, tables, whole),
      ],
    };
  },
};

/** The energy of the cell that is printed last in these lines; its energy is null where its unit is unknown. */
function printedTotal(lines: readonly string[]): { method: string; energy_eV: number | null } | null {
  const match = TOTAL.exec(lines[lastIndexOf(lines, TOTAL)] ?? '');
  if (!match) return null;
  const [, method, unit, value] = match as unknown as [string, string, string, string];
  const factor = PRINTED_UNITS[unit.toLowerCase()];
  const energy = factor === undefined ? Number.NaN : parseFixed(value) * factor;
  return { method, energy_eV: Number.isFinite(energy) ? energy : null };
}

function convergenceProblems(lines: readonly string[], from: number, to: number, convergence: Convergence): string[] {
  if (convergence === 'unknown') return ['The file does not say whether the SCF loop converged.'];
  if (convergence !== 'not-converged') return [];
  const line = lines.findIndex((text, index) => index >= from && NOT_CONVERGED.test(text)) + 1;
  const late = lines.slice(from, to).some((text) => text.includes('exceeded requested execution time'));
  const why = late
    ? 'The time limit of the run ended the SCF loop before it converged'
    : 'The SCF loop did not converge';
  return [`${why} (line ${line}).`];
}

function sumProblems({ energy, sums }: WholeTable): string[] {
  const problems: string[] = [];
  if (Math.abs(sumOf(energy) - sums.atomic) > energy.length * ROW_DIGIT) {
    problems.push('The rows of the table do not add up to the sum below it.');
  }
  const difference = Math.max(Math.abs(sums.difference), Math.abs(sums.atomic - sums.total));
  if (!(difference < SAME_ENERGY * Math.abs(sums.total))) {
    const relative = (difference / Math.abs(sums.total)).toExponential(1);
    problems.push(
      `The atomic energies add up to ${sums.atomic} Ha, but the cell has ${sums.total} Ha (relative difference ${relative}).`,
    );
  }
  return problems;
}

function endProblems(lines: readonly string[], start: number, end: number): string[] {
  const abort = findAbort(lines, start);
  if (abort) {
    const when = abort.at >= end ? 'after it printed the table' : 'before it printed the table';
    return [`CP2K aborted ${when}: ${abort.message} (line ${abort.at + 1}).`];
  }
  return hasEnded(lines, start)
    ? []
    : ['The file stops before the end of the run: CP2K was killed, or is still running.'];
}

/** What there is to say where the table is not the only one. */
function tableProblems(
  lines: readonly string[],
  start: number,
  tables: readonly EnergyTable[],
  whole: readonly WholeTable[],
): string[] {
  if (tables.at(-1) !== whole.at(-1)) {
    return ['The last table of atomic energies is cut off: the one before it was taken.'];
  }
  const bounds = [start, ...whole.map(({ end }) => end), lines.length];
  const states = bounds.slice(1).map((bound, k) => scfState(lines.slice(bounds[k], bound)));
  // After the last table there is no SCF loop, as a rule.
  if (states.at(-1) === 'no-self-consistency') states.pop();
  if (new Set(states).size < 2) return [];
  return [`The SCF loops of this run ended differently (${states.join(', ')}): the last whole table was taken.`];
}
