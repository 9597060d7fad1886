import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';

/**
 * At most `limit` of `rows`, ascending: those whose atom ids have the lowest hashes. The same atoms come out whatever
 * the order of the file, and more of the same type arriving later only replaces some of them. A stride over the rows
 * would beat with the order in which builders write lattices.
 * @param ids [n] atom ids by row
 */
export function sampleRows(rows: Uint32Array, ids: Uint32Array, limit: number): Uint32Array {
  if (rows.length <= limit) return rows;
  // Sorting a million hashes would be felt; so only those below a bar are sorted, which doubles until enough pass.
  let bar = Math.ceil(((2 * limit) / rows.length) * 2 ** 32);
  let passed = rows.filter((row) => hash(ids[row]!) < bar);
  while (passed.length < limit) {
    bar *= 2;
    passed = rows.filter((row) => hash(ids[row]!) < bar);
  }
  passed.sort((a, b) => hash(ids[a]!) - hash(ids[b]!) || a - b);
  return passed.slice(0, limit).sort();
}

/** Rows of each structure type by code, ascending. Codes beyond the known types count as OTH, as in the colours. */
export function rowsByType(structureType: Uint8Array): Uint32Array[] {
  const codeOf = (row: number) => (structureType[row]! < STRUCTURE_TYPES.length ? structureType[row]! : 0);
  const counts = new Uint32Array(STRUCTURE_TYPES.length);
  for (let row = 0; row < structureType.length; row++) counts[codeOf(row)]!++;
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < structureType.length; row++) {
    const code = codeOf(row);
    lists[code]![counts[code]!++] = row;
  }
  return lists;
}

/** A 32-bit mixer without fixed patterns (Wellons, "lowbias32", 2018). */
function hash(id: number): number {
  let x = id >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
