/** Room beyond the outermost atoms, as a part of the span. */
const MARGIN = 0.04;

export type Span = readonly [low: number, high: number];

/** Rows between two yields: a few ms where coordinates lie far apart in memory. */
const CHUNK = 1 << 17;

/** Lowest and highest coordinate of all atoms, with a margin; [-1, 1] where none has one. Yields now and then. */
export function* spanOf(count: number, at: (row: number) => number): Generator<void, Span> {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    const value = at(row);
    // Not a number is neither.
    if (value < low) low = value;
    if (value > high) high = value;
    if (row % CHUNK === 0) yield;
  }
  if (low > high) return [-1, 1];
  const margin = MARGIN * (high - low) || 1;
  return [low - margin, high + margin];
}
