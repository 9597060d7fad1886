import { sampleRows } from './sample.ts';

type Energies = Float32Array | Float64Array;

/** Points of a parity plot at most: beyond that an SVG answers slowly. */
export const PARITY_LIMIT = 2000;
/** Largest errors that are always drawn where the plot is a sample. */
const EXTREMES = 100;

export interface Compared {
  /** Rows with both energies, ascending. */
  readonly rows: Uint32Array;
  /** Rows asked for that have no energy to compare with. */
  readonly missing: number;
  /** eV; NaN where there is no row. */
  readonly rmse: number;
  readonly maxAbsError: number;
}

export function hasBoth(row: number, predicted: Energies, reference: Energies): boolean {
  return Number.isFinite(predicted[row]!) && Number.isFinite(reference[row]!);
}

/** Errors (Eqs. 13 and 14, eV) over `rows` with both energies; null is every row that has a reference. */
export function compare(predicted: Energies, reference: Energies, rows: ArrayLike<number> | null): Compared {
  const asked = rows ? Uint32Array.from(rows).sort() : everyRow(reference.length);
  const found = asked.filter((row) => hasBoth(row, predicted, reference));
  let squares = 0;
  let largest = found.length > 0 ? 0 : Number.NaN;
  for (const row of found) {
    const error = predicted[row]! - reference[row]!;
    squares += error * error;
    largest = Math.max(largest, Math.abs(error));
  }
  return {
    rows: found,
    missing: rows ? asked.length - found.length : 0,
    rmse: Math.sqrt(squares / found.length),
    maxAbsError: largest,
  };
}

function everyRow(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  // Filled from an iterator it takes ten times as long.
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/**
 * Those of `candidates` that are drawn, ascending: all where they are few, else the largest errors and the lowest and
 * highest reference, filled up to the limit by a hash of the atom id.
 */
export function drawnRows(
  candidates: Uint32Array,
  predicted: Energies,
  reference: Energies,
  ids: Uint32Array,
): Uint32Array {
  if (candidates.length <= PARITY_LIMIT) return candidates;
  const errorOf = (row: number) => Math.abs(predicted[row]! - reference[row]!);
  const kept = new Set(largestFirst(candidates, errorOf, EXTREMES));
  for (const sign of [1, -1]) kept.add(largestFirst(candidates, (row) => sign * reference[row]!, 1)[0]!);
  const rest = candidates.filter((row) => !kept.has(row));
  return Uint32Array.from([...kept, ...sampleRows(rest, ids, PARITY_LIMIT - kept.size)]).sort();
}

/** The `count` rows of the largest values, ties to the lower row. */
function largestFirst(rows: Uint32Array, keyOf: (row: number) => number, count: number): number[] {
  const before = (a: number, b: number) => keyOf(b) - keyOf(a) || a - b;
  let best: number[] = [];
  let bar = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    // Rows ascend: of equal values the earlier stay.
    if (keyOf(row) <= bar) continue;
    best.push(row);
    if (best.length < 2 * count) continue;
    best = best.sort(before).slice(0, count);
    bar = keyOf(best.at(-1)!);
  }
  return best.sort(before).slice(0, count);
}
