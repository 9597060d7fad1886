import { badInput } from '#data/errors.ts';
import { quote } from '#formats/text/numbers.ts';
import { parseFixed } from '../outputText.ts';

type Columns = readonly [start: number, end: number];

/** A layout of the table, as `write_atener` of CP2K prints it: fixed columns, which may touch. */
interface Layout {
  /** Written by 2023.2 and before. */
  readonly old: boolean;
  readonly title: RegExp;
  /** Lines from the title to the first row. */
  readonly titleLines: number;
  readonly index: Columns;
  readonly energy: Columns;
  readonly element?: Columns;
  readonly position?: readonly Columns[];
}

const LAYOUTS: readonly Layout[] = [
  {
    old: false,
    title: /^ Mulliken Atomic Energies\s*$/,
    titleLines: 2,
    index: [0, 6],
    element: [11, 13],
    position: [
      [23, 35],
      [35, 47],
      [47, 59],
    ],
    energy: [59, 80],
  },
  { old: true, title: /^ {5}Atom {5}Potential energy\s*$/, titleLines: 1, index: [1, 9], energy: [10, 30] },
];

const SUMS = [/^ Potential energy \(Atomic\):/, /^ Potential energy \(Total\) :/, /^ Difference +:/] as const;
const SUM_COLUMNS: Columns = [55, 80];
/** Blank lines between the rows and the sums. */
const MOST_BLANKS = 3;

export interface EnergyTable {
  readonly old: boolean;
  /** Indices of the title, of the first row and of the line after the table. */
  readonly title: number;
  readonly firstRow: number;
  readonly end: number;
  /** [m] Hartree. */
  readonly energy: readonly number[];
  readonly species: readonly string[] | null;
  /** [m, 3] Å. */
  readonly position: readonly number[] | null;
  /** What stands below: sum of the rows, energy of the cell, and by how much they differ; Hartree. Null: cut off. */
  readonly sums: { readonly atomic: number; readonly total: number; readonly difference: number } | null;
}

/**
 * Every table of atomic energies from line `from` on, in order.
 * @throws Refusal with the line for a row that is not as the program prints rows.
 */
export function findTables(lines: readonly string[], from: number, file: string): EnergyTable[] {
  const tables: EnergyTable[] = [];
  for (let at = from; at < lines.length; at++) {
    const layout = LAYOUTS.find(({ title }) => title.test(lines[at]!));
    if (layout) tables.push(readTable(lines, at, layout, file));
  }
  return tables;
}

function readTable(lines: readonly string[], title: number, layout: Layout, file: string): EnergyTable {
  const firstRow = title + layout.titleLines;
  const energy: number[] = [];
  const species: string[] = [];
  const position: number[] = [];
  let at = firstRow;
  for (; at < lines.length && lines[at]!.trim() !== ''; at++) {
    const line = lines[at]!;
    const number = (columns: Columns) => parseFixed(line.slice(...columns));
    const here = (layout.position ?? []).map(number);
    const sound = number(layout.index) === energy.length + 1 && [number(layout.energy), ...here].every(Number.isFinite);
    if (!sound) {
      // A file that was cut may end in half a row: the table then has no sums.
      if (at === lines.length - 1) break;
      const expected = `the energy of atom ${energy.length + 1} in the columns of CP2K's table`;
      throw badInput({ file, line: at + 1, expected, found: quote(line.trim()) });
    }
    energy.push(number(layout.energy));
    position.push(...here);
    if (layout.element) species.push(line.slice(...layout.element).trim());
  }
  const { sums, end } = readSums(lines, at);
  return {
    old: layout.old,
    title,
    firstRow,
    end,
    energy,
    species: layout.element ? species : null,
    position: layout.position ? position : null,
    sums: energy.length > 0 ? sums : null,
  };
}

function readSums(lines: readonly string[], from: number): { sums: EnergyTable['sums']; end: number } {
  let at = from;
  while (at < lines.length && at - from < MOST_BLANKS && lines[at]!.trim() === '') at++;
  const values = SUMS.map((label, k) => {
    const line = lines[at + k] ?? '';
    return label.test(line) ? parseFixed(line.slice(...SUM_COLUMNS)) : Number.NaN;
  });
  if (!values.every(Number.isFinite)) return { sums: null, end: at };
  const [atomic, total, difference] = values as [number, number, number];
  return { sums: { atomic, total, difference }, end: at + SUMS.length };
}
