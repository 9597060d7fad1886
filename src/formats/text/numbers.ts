const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const LOWER_CASE = 0x20;

/** Powers of ten that a double holds exactly. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const LARGEST_POWER = POWERS_OF_TEN.length - 1;
/** Any integer of this many digits is below 2^53. */
const EXACT_DIGITS = 15;
/** Beyond any exponent of a double; stops the counter of a silly exponent from overflowing. */
const EXPONENT_CAP = 100_000;

/**
 * The decimal number in ASCII `bytes[start, end)`, bit for bit what `Number()` makes of the same text, without a string.
 * Also `inf` and `infinity` in any case. NaN for everything else; `isNanWord` tells a written nan from garbage.
 *
 * An integer below 2^53 times or over an exact power of ten is one correctly rounded operation (Clinger, PLDI 1990);
 * longer numbers, such as the 17 digits of a box bound, go through `Number()`.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at++;

  const integerStart = at;
  let mantissa = 0;
  let significant = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
    if (mantissa !== 0) significant++;
  }
  let digits = at - integerStart;
  let power = 0;
  if (at < end && bytes[at] === DOT) {
    const fractionStart = ++at;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
      if (mantissa !== 0) significant++;
    }
    power = fractionStart - at;
    digits -= power;
  }
  if (digits === 0) return parseInfinity(bytes, start, end);

  if (at < end && (bytes[at]! | LOWER_CASE) === LOWER_E) {
    at++;
    const down = bytes[at] === MINUS;
    if (at < end && (down || bytes[at] === PLUS)) at++;
    const exponentStart = at;
    let exponent = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      exponent = Math.min(exponent * 10 + digit, EXPONENT_CAP);
    }
    if (at === exponentStart) return Number.NaN;
    power += down ? -exponent : exponent;
  }
  if (at !== end) return Number.NaN;

  if (significant <= EXACT_DIGITS && power >= -LARGEST_POWER && power <= LARGEST_POWER) {
    const value = power < 0 ? mantissa / POWERS_OF_TEN[-power]! : mantissa * POWERS_OF_TEN[power]!;
    return negative ? -value : value;
  }
  return Number(decodeText(bytes, start, end));
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A decimal number in a word of a header; NaN for anything else: `Number()` would take 0x1F and an empty word too. */
export function parseDecimal(word: string): number {
  return DECIMAL.test(word) ? Number(word) : Number.NaN;
}

/** Is this one of the ways C libraries print a NaN? */
export function isNanWord(bytes: Uint8Array, start: number, end: number): boolean {
  return /^[+-]?nan(\(\w*\))?$/i.test(decodeText(bytes, start, end));
}

function parseInfinity(bytes: Uint8Array, start: number, end: number): number {
  const match = /^([+-]?)inf(inity)?$/i.exec(decodeText(bytes, start, end));
  if (!match) return Number.NaN;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const decoder = new TextDecoder();

/** `bytes[start, end)` as text (UTF-8). */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

const QUOTED_LENGTH = 40;

/** `bytes[start, end)` in quotes for a sentence, cut where it is long. */
export function quoteText(bytes: Uint8Array, start: number, end: number): string {
  const text = decodeText(bytes, start, Math.min(end, start + 4 * QUOTED_LENGTH));
  return quote(text);
}

/** `text` in quotes for a sentence, cut where it is long; what cannot be printed, such as a line end, is shown as �. */
export function quote(raw: string): string {
  const text = raw.replace(/\p{Cc}/gu, '\uFFFD');
  return text.length > QUOTED_LENGTH ? `"${text.slice(0, QUOTED_LENGTH)}..."` : `"${text}"`;
}
