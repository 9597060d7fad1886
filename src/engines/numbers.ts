/** Digits behind the point of every length in an input, Å. */
const LENGTH_DIGITS = 10;

/** Lengths in Å, as columns: "    5.0000000000    5.0000000000". */
export function formatLengths(lengths: Iterable<number>): string {
  return Array.from(lengths, (length) =>
    withoutMinusZero(length.toFixed(LENGTH_DIGITS)).padStart(LENGTH_DIGITS + 6),
  ).join('');
}

/** A number with at most this many digits behind the point, without zeros at its end: 39.9833, 544. */
export function formatNumber(value: number, digits: number): string {
  const text = withoutMinusZero(value.toFixed(digits));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function withoutMinusZero(text: string): string {
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}
