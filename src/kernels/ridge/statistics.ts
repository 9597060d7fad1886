/** Median; NaN of nothing. Does not change `values`. */
export function medianOf(values: ArrayLike<number>): number {
  return percentileOf(values, 0.5);
}

/** Percentile by linear interpolation between order statistics (as numpy's default); NaN of nothing. */
export function percentileOf(values: ArrayLike<number>, part: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = part * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.ceil(position);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}
