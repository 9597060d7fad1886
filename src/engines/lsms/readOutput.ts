import { symbolOfNumber } from '#chem/elements.ts';
import { ANGSTROM_PER_BOHR, EV_PER_UNIT } from '#chem/units.ts';
import { badInput } from '#data/errors.ts';
import { meaningfulLines, type NumberedLine } from '#formats/text/smallText.ts';
import type { Calculation, OutputReader } from '../calculation.ts';
import { parseFixed, scale, stopsInLine, sumOf } from '../outputText.ts';

const HEADER = /^\uFEFF?#\s*totalEnergy\s+bandEnergy\s+fermiEnergy/;
/** Totals above the atoms: total, band, Fermi and electrostatic energy. */
const TOTALS = 4;
/**
 * Columns count from 0. The energy of the site holds its part of the Madelung energy. The header of the file names a
 * column that is not printed, so it is of no use here.
 */
const ATOMIC_NUMBER = 0;
const FIRST_COORDINATE = 2;
const LOCAL_ENERGY = 15;
/** Old versions stop at the energy, newer ones add 5 and 7 columns. */
const COLUMN_COUNTS = [16, 21, 23];
const SAME_ENERGY = 1e-6;

/** The file that LSMS writes for `localAtomDataFile`: Rydberg and Bohr, one row a site. */
export const lsms: OutputReader = {
  code: 'LSMS',
  recognises: (head) => HEADER.test(head),
  read(text, file): Calculation {
    const [totals, ...lines] = meaningfulLines(text);
    const total = parseRow(totals)[0];
    if (!totals || total === undefined || parseRow(totals).length !== TOTALS) {
      const line = totals?.line ?? text.split('\n').length;
      throw badInput({
        file,
        line,
        expected: 'total, band, Fermi and electrostatic energy',
        found: totals?.text ?? 'nothing',
      });
    }
    if (lines.length === 0) throw badInput({ file, line: totals.line, message: 'no atom stands below the energies' });
    const rows = readRows(lines, file);
    const energy = rows.map((row) => row[LOCAL_ENERGY]!);
    const species = rows.map((row) => symbolOfNumber(row[ATOMIC_NUMBER]!));
    const position = rows.flatMap((row) => row.slice(FIRST_COORDINATE, FIRST_COORDINATE + 3));
    return {
      code: 'LSMS',
      version: null,
      partition: 'atomic-spheres',
      convergence: 'unknown',
      atoms: {
        energy: scale(energy, EV_PER_UNIT.Ry),
        species: species.every((symbol) => symbol !== undefined) ? species : null,
        position: scale(position, ANGSTROM_PER_BOHR),
      },
      total_eV: total * EV_PER_UNIT.Ry,
      line: lines[0]!.line,
      problems: findProblems(text, sumOf(energy), total),
    };
  },
};

function parseRow(line: NumberedLine | undefined): number[] {
  return line ? line.text.trim().split(/\s+/).map(parseFixed) : [];
}

function readRows(lines: readonly NumberedLine[], file: string): number[][] {
  const width = parseRow(lines[0]).length;
  return lines.map((line) => {
    const row = parseRow(line);
    if (row.length !== width || !COLUMN_COUNTS.includes(width)) {
      const expected = COLUMN_COUNTS.includes(width) ? `${width} columns` : `${COLUMN_COUNTS.join(', ')} columns`;
      throw badInput({ file, line: line.line, expected, found: `${row.length}` });
    }
    const wrong = row.findIndex((number) => !Number.isFinite(number));
    if (wrong >= 0)
      throw badInput({ file, line: line.line, expected: `a number in column ${wrong + 1}`, found: 'none' });
    return row;
  });
}

function findProblems(text: string, sum: number, total: number): string[] {
  const problems: string[] = [];
  if (!(Math.abs(sum - total) <= SAME_ENERGY * Math.abs(total))) {
    problems.push(
      `The energies of the sites add up to ${sum.toFixed(6)} Ry, but the cell has ${total} Ry: ` +
        'rows are missing, or stand for several atoms each.',
    );
  }
  if (stopsInLine(text)) problems.push('The last line has no end: the file may have been cut off.');
  return problems;
}
