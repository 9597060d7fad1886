import { setWhere } from '#data/atomSet.ts';
import type { Cell } from '#data/cell.ts';
import type { Column } from '#data/column.ts';
import { withinSphere } from '#data/periodicSphere.ts';
import { makePolygon } from '#data/polygon.ts';
import type { ColumnRegistry } from '../columnRegistry.ts';
import { valuesOf } from '../columnValues.ts';
import type { SelectMode } from '../slices/sets.ts';
import type { SetActions } from './setActions.ts';

/** What selecting needs of the page: the `Workbench` is one. */
export interface Selecting {
  readonly columns: ColumnRegistry;
  readonly sets: SetActions;
}

/** The keys that join a new selection with the one that stands: Shift adds, Alt takes away, both keep what is in both. */
export function modeOfKeys({ shiftKey, altKey }: { readonly shiftKey: boolean; readonly altKey: boolean }): SelectMode {
  if (shiftKey && altKey) return 'intersect';
  if (shiftKey) return 'add';
  return altKey ? 'subtract' : 'replace';
}

/** Select the atoms for which `belongs` holds, looked at in turns. */
export function selectWhere(
  { columns, sets }: Selecting,
  belongs: (row: number) => boolean,
  mode: SelectMode,
  origin: string,
): Promise<boolean> {
  return sets.select(setWhere(countOf(columns), belongs), mode, origin);
}

/**
 * Select all atoms, not only those of a plot's sample, whose values lie inside an outline in the units of two columns.
 * Atoms without a value are not inside anything.
 * @param xColumn,yColumn Names of columns, or `pool.scores/k`. Without a second one the outline counts by its width.
 * @param polygon Corners, x and y by turns.
 * @returns False where a column is not computed.
 */
export function selectInPolygon(
  page: Selecting,
  xColumn: string,
  yColumn: string | null,
  polygon: readonly number[],
  mode: SelectMode,
  origin: string,
): Promise<boolean> {
  const x = valuesOf(xColumn, page.columns);
  const y = yColumn === null ? null : valuesOf(yColumn, page.columns);
  if (!x || (yColumn !== null && !y)) return Promise.resolve(false);
  const { contains, left, right } = makePolygon(polygon);
  const xOf = (row: number) => x.array[x.offset + x.stride * row]!;
  const belongs = y
    ? (row: number) => contains(xOf(row), y.array[y.offset + y.stride * row]!)
    : (row: number) => xOf(row) >= left && xOf(row) <= right;
  return selectWhere(page, belongs, mode, origin);
}

/** Select the atoms whose value lies between two numbers, both included. */
export function selectInRange(
  page: Selecting,
  column: string,
  [from, to]: readonly [number, number],
  mode: SelectMode,
  origin: string,
): Promise<boolean> {
  return selectInPolygon(page, column, null, [from, 0, to, 0, to, 1], mode, origin);
}

/** Select an atom and all within a radius of it, through periodic walls, Å. */
export function selectAround(
  page: Selecting,
  cell: Cell,
  row: number,
  radius: number,
  mode: SelectMode,
  origin: string,
): Promise<boolean> {
  const positions = page.columns.find('atoms.position') as Column<Float32Array> | undefined;
  if (!positions) return Promise.resolve(false);
  const { array } = positions;
  const centre = [array[3 * row]!, array[3 * row + 1]!, array[3 * row + 2]!] as const;
  return selectWhere(page, withinSphere(array, cell, centre, radius), mode, origin);
}

function countOf(columns: ColumnRegistry): number {
  return columns.find('atoms.id')?.array.length ?? 0;
}
