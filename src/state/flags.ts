import type { AtomSet } from '#data/atomSet.ts';
import type { ColumnValues } from './columnValues.ts';

/** Bit of an atom's flags that leaves it out of the picture. */
export const HIDDEN = 0x80;
/** The other bits: the index of its tint, 0 for none; so many tints fit. */
export const TINT = 0x7f;

/** Rows between two yields: about a ms. */
const CHUNK = 1 << 15;

export interface FlagsInput {
  /** Atoms. */
  readonly count: number;
  readonly ranges: readonly { readonly values: ColumnValues; readonly from: number; readonly to: number }[];
  /** [n] 1 for the atoms of the network; null: no filter by it. */
  readonly network: Uint8Array | null;
  readonly hidden: readonly AtomSet[];
  /** Nothing beside it is shown. */
  readonly only: AtomSet | null;
  /** Sets in their colours; where an atom is in several, the first counts. */
  readonly tinted: readonly AtomSet[];
}

export interface Flags {
  /** [n] */
  readonly array: Uint8Array;
  /** Atoms left out. */
  readonly hidden: number;
}

/** What the picture is told of every atom, from all filters and sets at once. */
export function* atomFlags({ count, ranges, network, hidden, only, tinted }: FlagsInput): Generator<void, Flags> {
  const array = new Uint8Array(count);
  let left = 0;
  for (let start = 0; start < count; start += CHUNK) {
    const end = Math.min(count, start + CHUNK);
    // The last tint first: an earlier one then lies over it.
    for (let k = tinted.length - 1; k >= 0; k--) {
      const { words } = tinted[k]!;
      for (let row = start; row < end; row++) if ((words[row >>> 5]! >>> (row & 31)) & 1) array[row] = k + 1;
    }
    for (const { values, from, to } of ranges) {
      const { array: numbers, stride, offset } = values;
      for (let row = start; row < end; row++) {
        const value = numbers[offset + stride * row]!;
        // NaN is on no side of anything.
        if (!(value >= from && value <= to)) array[row]! |= HIDDEN;
      }
    }
    if (network) for (let row = start; row < end; row++) if (network[row] === 0) array[row]! |= HIDDEN;
    for (const { words } of hidden) {
      for (let row = start; row < end; row++) if ((words[row >>> 5]! >>> (row & 31)) & 1) array[row]! |= HIDDEN;
    }
    if (only) {
      const { words } = only;
      for (let row = start; row < end; row++) if (!((words[row >>> 5]! >>> (row & 31)) & 1)) array[row]! |= HIDDEN;
    }
    for (let row = start; row < end; row++) left += array[row]! >>> 7;
    yield;
  }
  return { array, hidden: left };
}
