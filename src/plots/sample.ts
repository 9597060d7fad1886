import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { sampleByHash } from '#data/sample.ts';

/**
 * At most `limit` of `rows`, ascending. The same atoms come out whatever the order of the file, and more of the same type
 * arriving later only replaces some of them.
 * @param ids [n] atom ids by row
 */
export function sampleRows(rows: Uint32Array, ids: Uint32Array, limit: number): Uint32Array {
  return sampleByHash(rows, (row) => ids[row]!, limit);
}

/** Rows between two looks at the page: a few ms. */
const CHUNK = 1 << 17;

/**
 * Rows of each structure type by code, ascending. Codes beyond the known types count as OTH, as in the colours. Yields now
 * and then.
 */
export function* rowsByType(structureType: Uint8Array): Generator<void, Uint32Array[]> {
  const codeOf = (row: number) => (structureType[row]! < STRUCTURE_TYPES.length ? structureType[row]! : 0);
  const counts = new Uint32Array(STRUCTURE_TYPES.length);
  for (let row = 0; row < structureType.length; row++) {
    counts[codeOf(row)]!++;
    if (row % CHUNK === 0) yield;
  }
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < structureType.length; row++) {
    const code = codeOf(row);
    lists[code]![counts[code]!++] = row;
    if (row % CHUNK === 0) yield;
  }
  return lists;
}
