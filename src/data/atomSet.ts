import { sampleByHash } from './sample.ts';

/**
 * A set of atoms of one snapshot as bits: bit k of the words is the atom of row k. Never changed once it is made, so that
 * histories and pictures may hold it; 125 kB for a million atoms.
 */
export interface AtomSet {
  /** [ceil(size / 32)]; bits beyond `size` are 0. */
  readonly words: Uint32Array;
  /** Atoms of the snapshot. */
  readonly size: number;
  /** Atoms in the set. */
  readonly count: number;
}

/** Rows between two yields: about a ms. */
const CHUNK = 1 << 15;

export function emptySet(size: number): AtomSet {
  return { words: new Uint32Array(Math.ceil(size / 32)), size, count: 0 };
}

/** The set of these rows, in any order and as often as one likes. */
export function setOfRows(rows: Iterable<number>, size: number): AtomSet {
  const words = new Uint32Array(Math.ceil(size / 32));
  for (const row of rows) {
    if (!(row >= 0 && row < size)) throw new RangeError(`there is no row ${row} among ${size}`);
    words[row >>> 5]! |= 1 << (row & 31);
  }
  return sealed(words, size);
}

/** The atoms for which `belongs` holds, looked at in chunks. */
export function* setWhere(size: number, belongs: (row: number) => boolean): Generator<void, AtomSet> {
  const words = new Uint32Array(Math.ceil(size / 32));
  for (let from = 0; from < size; from += CHUNK) {
    const to = Math.min(size, from + CHUNK);
    for (let row = from; row < to; row++) if (belongs(row)) words[row >>> 5]! |= 1 << (row & 31);
    yield;
  }
  return sealed(words, size);
}

export function has({ words, size }: AtomSet, row: number): boolean {
  return row >= 0 && row < size && ((words[row >>> 5]! >>> (row & 31)) & 1) === 1;
}

export function union(a: AtomSet, b: AtomSet): AtomSet {
  return combined(a, b, (one, other) => one | other);
}

export function intersection(a: AtomSet, b: AtomSet): AtomSet {
  return combined(a, b, (one, other) => one & other);
}

/** What is in `a` and not in `b`. */
export function difference(a: AtomSet, b: AtomSet): AtomSet {
  return combined(a, b, (one, other) => one & ~other);
}

export function complement({ words, size }: AtomSet): AtomSet {
  const others = words.map((word) => ~word);
  const last = size & 31;
  if (last !== 0) others[others.length - 1]! &= (1 << last) - 1;
  return sealed(others, size);
}

export function sameAtoms(a: AtomSet, b: AtomSet): boolean {
  return a.size === b.size && a.count === b.count && a.words.every((word, k) => word === b.words[k]);
}

/** Rows of the set, ascending. */
export function rowsOf({ words, count }: AtomSet): Uint32Array {
  const rows = new Uint32Array(count);
  let next = 0;
  for (let at = 0; at < words.length; at++) {
    for (let word = words[at]!; word !== 0; word &= word - 1) rows[next++] = 32 * at + 31 - Math.clz32(word & -word);
  }
  return rows;
}

/** At most `limit` rows of the set, ascending and always the same. */
export function sampleOf(set: AtomSet, limit: number): Uint32Array {
  return sampleByHash(rowsOf(set), (row) => row, limit);
}

function combined(a: AtomSet, b: AtomSet, by: (one: number, other: number) => number): AtomSet {
  if (a.size !== b.size) throw new RangeError(`sets of ${a.size} and of ${b.size} atoms do not belong together`);
  const words = new Uint32Array(a.words.length);
  for (let k = 0; k < words.length; k++) words[k] = by(a.words[k]!, b.words[k]!);
  return sealed(words, a.size);
}

function sealed(words: Uint32Array, size: number): AtomSet {
  let count = 0;
  for (let k = 0; k < words.length; k++) count += bitsOf(words[k]!);
  return { words, size, count };
}

/** Bits that are 1 in a word of 32 (H. S. Warren, Hacker's Delight, 5-1). */
function bitsOf(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}
