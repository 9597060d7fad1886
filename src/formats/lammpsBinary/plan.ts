import { badInput, type Warning } from '#data/errors.ts';
import { type ColumnPlan, planColumns } from '../lammpsDump/columns.ts';
import type { FrameHeader } from './header.ts';
import { isWhole } from './rows.ts';

/** What `dump atom` writes, without and with images, where the file names no columns. */
const ATOM_COLUMNS = [
  ['id', 'type', 'x', 'y', 'z'],
  ['id', 'type', 'x', 'y', 'z', 'ix', 'iy', 'iz'],
];
const LAST_ID = 0xffff_ffff;
/** Fractions may leave the cell by so much between two rebuilds of neighbour lists. */
const BEYOND_CELL = 0.1;

/**
 * What each number of an atom is. A binary dump writes the type where a text dump writes the element.
 * @throws Refusal where the file does not name its columns and they cannot be those of `dump atom`; `first` are the
 * numbers of the first atom.
 */
export function planBinaryColumns(file: string, header: FrameHeader, first: readonly number[]): ColumnPlan {
  const place = { file, byte: header.columnsAt };
  if (!header.columns) return planUnnamed(file, header, first);
  const named = header.columns.includes('element');
  const asType = named && !header.columns.includes('type');
  const plan = planColumns(
    place,
    header.columns.map((name) => (asType && name === 'element' ? 'type' : name)),
    [],
  );
  if (!named) return plan;
  const unnamed: Warning = { message: 'Column element of a binary dump holds types: they have no names.' };
  const fields = plan.fields.map((field) => (field.kind === 'species' ? { ...field, kind: 'skip' as const } : field));
  return { ...plan, fields, warnings: [unnamed, ...plan.warnings] };
}

function planUnnamed(file: string, header: FrameHeader, first: readonly number[]): ColumnPlan {
  const place = { file, byte: header.columnsAt };
  const names = ATOM_COLUMNS.find(({ length }) => length === header.width);
  if (!names || !isWhole(first[0]!, 1, LAST_ID) || !isWhole(first[1]!, 1, header.count)) {
    const message =
      `the file, of an old LAMMPS, does not name its ${header.width} columns, and they are not those of dump atom: ` +
      'make it a text dump by binary2txt, or write it anew';
    throw badInput({ ...place, message });
  }
  return planColumns(place, names, []);
}

/** Whether coordinates without a name are fractions of the cell: in Å, atoms would all lie in one corner. */
export function areFractions(position: Float64Array): boolean {
  return position.every((coordinate) => coordinate >= -BEYOND_CELL && coordinate <= 1 + BEYOND_CELL);
}
