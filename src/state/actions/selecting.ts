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

/** Coordinates of any atom on a plot; NaN where it has none. */
export interface Plane {
  x(row: number): number;
  /** Null: the plot counts atoms along x, and an outline is asked for its width alone. */
  readonly y: ((row: number) => number) | null;
}

/**
 * Select all atoms, not only those of a plot's sample, that lie inside an outline. Atoms without coordinates are not
 * inside anything.
 * @param corners In the units of the axes, x and y by turns.
 */
export function selectInPolygon(
  page: Selecting,
  { x, y }: Plane,
  corners: readonly number[],
  mode: SelectMode,
  origin: string,
): Promise<boolean> {
  const { contains, left, right } = makePolygon(corners);
  const belongs = y
    ? (row: number) => contains(x(row), y(row))
    : (row: number) => {
        const value = x(row);
        return value >= left && value <= right;
      };
  return selectWhere(page, belongs, mode, origin);
}

/**
 * Select the atoms whose value lies between two numbers, both included.
 * @param column Name of a column, or `pool.scores/k`.
 * @returns False where it is not computed.
 */
export function selectInRange(
  page: Selecting,
  column: string,
  [from, to]: readonly [number, number],
  mode: SelectMode,
  origin: string,
): Promise<boolean> {
  const values = valuesOf(column, page.columns);
  if (!values) return Promise.resolve(false);
  const { array, offset, stride } = values;
  const between = (row: number) => {
    const value = array[offset + stride * row]!;
    return value >= from && value <= to;
  };
  return selectWhere(page, between, mode, origin);
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
