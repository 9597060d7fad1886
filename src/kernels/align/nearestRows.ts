export interface NearRow {
  readonly row: number;
  /** Euclidean distance of the two rows of scores. */
  readonly distance: number;
}

/**
 * The candidates whose scores lie nearest to those of an atom, itself left out; ties go to the lower row.
 * @param scores [n, width] row-major.
 */
export function nearestRows(
  scores: Float32Array,
  width: number,
  row: number,
  candidates: Iterable<number>,
  wanted: number,
): NearRow[] {
  const found: NearRow[] = [];
  for (const candidate of candidates) {
    if (candidate !== row) found.push({ row: candidate, distance: scoreDistance(scores, width, row, candidate) });
  }
  found.sort((one, other) => one.distance - other.distance || one.row - other.row);
  return found.slice(0, wanted);
}

export function scoreDistance(scores: Float32Array, width: number, one: number, other: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += (scores[one * width + k]! - scores[other * width + k]!) ** 2;
  return Math.sqrt(sum);
}

/** Median distance of the candidates from the nearest other one: how far apart they usually lie. NaN for fewer than two. */
export function usualDistance(scores: Float32Array, width: number, candidates: readonly number[]): number {
  const nearest = candidates
    .map((row) => nearestRows(scores, width, row, candidates, 1)[0]?.distance)
    .filter((distance) => distance !== undefined)
    .sort((a, b) => a - b);
  const middle = nearest.length >> 1;
  if (nearest.length === 0) return Number.NaN;
  return nearest.length % 2 === 1 ? nearest[middle]! : (nearest[middle - 1]! + nearest[middle]!) / 2;
}
