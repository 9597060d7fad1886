/** The lines of a text without their ends (LF or CRLF) and without a byte order mark; none begins after the last end. */
export function splitLines(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Whether the last line lacks its end, so that its last number may be short. */
export function stopsInLine(text: string): boolean {
  return text !== '' && !text.endsWith('\n');
}

/** Index of the last line that is like `pattern`, or -1. */
export function lastIndexOf(lines: readonly string[], pattern: RegExp): number {
  for (let index = lines.length - 1; index >= 0; index--) if (pattern.test(lines[index]!)) return index;
  return -1;
}

export function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

/** Printed numbers in another unit. */
export function scale(numbers: ArrayLike<number>, factor: number): Float64Array {
  return Float64Array.from(numbers, (number) => number * factor);
}

/** A Fortran or C number of fixed layout; NaN for blanks, stars and everything else. */
export function parseFixed(text: string): number {
  const trimmed = text.trim();
  return /^[+-]?\d*\.?\d+(?:[EeDd][+-]?\d+)?$/.test(trimmed) ? Number(trimmed.replace(/d/i, 'e')) : Number.NaN;
}
