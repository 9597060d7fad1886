import type { Selection, SelectionInput } from './criterion.ts';

/** Candidates of which `keep` is true, without the given ones, as rows. */
export function candidateRows({ candidates, given }: SelectionInput, keep: (row: number) => boolean): Uint32Array {
  const excluded = new Set(given);
  const rows = new Uint32Array(candidates.length);
  let count = 0;
  for (let row = 0; row < candidates.length; row++) {
    if (candidates[row] === 1 && keep(row) && !excluded.has(row)) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** A selection that no total or gap belongs to. */
export function randomSelection(rows: Uint32Array): Selection {
  return { rows, totals: new Float64Array(0), relativeGaps: new Float64Array(0) };
}
