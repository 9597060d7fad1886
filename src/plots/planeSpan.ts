/** Room beyond the outermost atoms, as a part of the span. */
const MARGIN = 0.04;

/** Lowest and highest coordinate of all atoms, with a margin; [-1, 1] where none has one. */
export function spanOf(count: number, at: (row: number) => number): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    const value = at(row);
    // Not a number is neither.
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [-1, 1];
  const margin = MARGIN * (high - low) || 1;
  return [low - margin, high + margin];
}
