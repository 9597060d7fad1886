import type { NumericArray } from '#data/column.ts';
import type { ColumnRegistry } from './columnRegistry.ts';

/** One number of every atom, wherever it lies: that of row k is `array[offset + stride * k]`. */
export interface ColumnValues {
  readonly array: NumericArray;
  readonly stride: number;
  readonly offset: number;
}

const SCORES = 'pool.scores';

/** A column, and which component of it: only the scores have some. A column of a file may have a slash in its name. */
export function partsOf(id: string): { readonly name: string; readonly component: number | null } {
  return id.startsWith(`${SCORES}/`)
    ? { name: SCORES, component: Number(id.slice(SCORES.length + 1)) }
    : { name: id, component: null };
}

/** The numbers of a column, or by `pool.scores/k` of its k-th component; null where they are not computed. */
export function valuesOf(id: string, registry: ColumnRegistry): ColumnValues | null {
  const { name, component } = partsOf(id);
  const column = registry.find(name);
  const stride = column?.shape[1] ?? 1;
  const offset = component ?? 0;
  return column && offset < stride ? { array: column.array, stride, offset } : null;
}
