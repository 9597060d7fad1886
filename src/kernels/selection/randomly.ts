import type { Selection, SelectionInput } from './criterion.ts';

/** Candidates of which `keep` is true, without the given ones, as rows. */
export function candidateRows(input: SelectionInput, keep: (row: number) => boolean): number[] {
  const given = new Set(input.given);
  const rows: number[] = [];
  input.candidates.forEach((flag, row) => {
    if (flag === 1 && !given.has(row) && keep(row)) rows.push(row);
  });
  return rows;
}

/** A selection that no total or gap belongs to. */
export function randomSelection(rows: Uint32Array): Selection {
  return { rows, totals: new Float64Array(0), relativeGaps: new Float64Array(0) };
}
