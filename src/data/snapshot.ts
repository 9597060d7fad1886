import type { Cell } from './cell.ts';
import type { Column } from './column.ts';
import type { Warning } from './errors.ts';

/** Where a snapshot came from; goes into every manifest. */
export interface SnapshotSource {
  /** File name without folders. */
  readonly name: string;
  /** Size of the file as given (compressed, if it is). */
  readonly byteLength: number;
  /** SHA-256 of the file as given, lower-case hex. */
  readonly sha256: string;
  /** Name of the format in the registry. */
  readonly format: string;
  /** 0-based frame that was read, and how many the file holds. */
  readonly frame: number;
  readonly frameCount: number;
  readonly timestep: number | null;
}

/**
 * All atoms of one frame, in ascending atom id: row k of every array is the atom with the k-th smallest id.
 * "Ties go to the lower atom id" is therefore "ties go to the lower row".
 */
export interface Snapshot {
  readonly source: SnapshotSource;
  readonly count: number;
  readonly cell: Cell;
  /** [n] atom ids, ascending, unique. */
  readonly ids: Uint32Array;
  /** [n] place in the file, from 0, of each row; null where the file is in id order, missing where nobody knows any more. */
  readonly fileOrder?: Uint32Array | null;
  /** [n] index into `species`. */
  readonly types: Uint8Array;
  /** One entry a type, in type order: an element symbol where the file gives one, else null. */
  readonly species: readonly (string | null)[];
  /** [n, 3] Å, as in the file (not wrapped). */
  readonly position: Float64Array;
  /** Every other numeric column of the file, by its own name (`c_pe`), float64. */
  readonly columns: readonly Column<Float64Array>[];
  readonly warnings: readonly Warning[];
}

/** Row of an atom id, by bisection of the ascending ids; -1 where there is no such atom. */
export function rowOfId(ids: Uint32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = ids[middle]!;
    if (value === id) return middle;
    if (value < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
