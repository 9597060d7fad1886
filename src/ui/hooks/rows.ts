import type { Column } from '#data/column.ts';
import { rowOfId } from '#data/snapshot.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';

const NONE = new Uint32Array(0);

/** Rows of atoms by their ids. */
export function rowsOfIds(registry: ColumnRegistry, ids: readonly number[] | undefined): Uint32Array {
  const all = registry.find('atoms.id') as Column<Uint32Array> | undefined;
  if (!all || !ids?.length) return NONE;
  return Uint32Array.from(ids, (id) => rowOfId(all.array, id));
}
