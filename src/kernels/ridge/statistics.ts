/** Median; NaN of nothing. Does not change `values`, of which none may be NaN. */
export function medianOf(values: ArrayLike<number>): number {
  return percentileOf(values, 0.5);
}

/** Percentile by linear interpolation between order statistics (as numpy's default); else as `medianOf`. */
export function percentileOf(values: ArrayLike<number>, part: number): number {
  const numbers = Float64Array.from(values);
  if (numbers.length === 0) return Number.NaN;
  const position = part * (numbers.length - 1);
  const low = Math.floor(position);
  const below = orderStatistic(numbers, low);
  if (low === position) return below;
  let above = Number.POSITIVE_INFINITY;
  for (let k = low + 1; k < numbers.length; k++) if (numbers[k]! < above) above = numbers[k]!;
  return below + (position - low) * (above - below);
}

/** The k-th smallest (Hoare, Find, 1961). Afterwards nothing that stands behind it is smaller. */
function orderStatistic(values: Float64Array, k: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >>> 1]!;
    let left = from;
    let right = to;
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const value = values[left]!;
      values[left++] = values[right]!;
      values[right--] = value;
    }
    if (k <= right) to = right;
    else if (k >= left) from = left;
    else break;
  }
  return values[k]!;
}

export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! ** 2;
  return Math.sqrt(sum / values.length);
}
