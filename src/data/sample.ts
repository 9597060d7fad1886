/**
 * At most `limit` of `rows`, ascending: those whose keys have the lowest hashes, ties to the lower row. A stride over the
 * rows would beat with the order in which builders write lattices.
 * @param keyOf Unsigned 32-bit number of a row: what it is that stays the same from one sample to the next.
 */
export function sampleByHash(rows: Uint32Array, keyOf: (row: number) => number, limit: number): Uint32Array {
  if (rows.length <= limit) return rows;
  // Sorting a million hashes would be felt; so only those below a bar are sorted, which doubles until enough pass.
  let bar = Math.ceil(((2 * limit) / rows.length) * 2 ** 32);
  let passed = rows.filter((row) => hash(keyOf(row)) < bar);
  while (passed.length < limit) {
    bar *= 2;
    passed = rows.filter((row) => hash(keyOf(row)) < bar);
  }
  passed.sort((a, b) => hash(keyOf(a)) - hash(keyOf(b)) || a - b);
  return passed.slice(0, limit).sort();
}

/** A 32-bit mixer without fixed patterns (Wellons, "lowbias32", 2018). */
function hash(key: number): number {
  let x = key >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
