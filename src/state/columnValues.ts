import type { NumericArray } from '#data/column.ts';
import type { ColumnRegistry } from './columnRegistry.ts';

/** One number of every atom, wherever it lies: that of row k is `array[offset + stride * k]`. */
export interface ColumnValues {
  readonly array: NumericArray;
  readonly stride: number;
  readonly offset: number;
}

/** The numbers of a column, or by `pool.scores/k` of its k-th component; null where they are not computed. */
export function valuesOf(id: string, registry: ColumnRegistry): ColumnValues | null {
  const [name, component = '0'] = id.split('/') as [string, string?];
  const column = registry.find(name);
  const stride = column?.shape[1] ?? 1;
  const offset = Number(component);
  return column && offset < stride ? { array: column.array, stride, offset } : null;
}
