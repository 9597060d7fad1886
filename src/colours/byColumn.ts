import type { NumericArray } from '#data/column.ts';

/** Lowest and highest value that a colour map spans, in the unit of the column. */
export type ColourRange = readonly [low: number, high: number];

export interface RangeOptions {
  /**
   * Share of the finite values to leave out at each end, 0 to just below 0.5. A few wild atoms would otherwise use up
   * the whole map. 0, the default, is minimum to maximum.
   */
  readonly trim?: number;
  /** Zero in the middle, as diverging maps want. */
  readonly symmetric?: boolean;
}

/** Bins of the histogram behind robust ranges: an end is then off by at most 1/4096 of the full spread. */
const BINS = 4096;

/**
 * Range of a column to spread a colour map over. NaN and infinities are missing values and do not count.
 * @returns null where no value is finite. A constant column gives an empty range, `low === high`.
 */
export function colourRange(values: NumericArray, options: RangeOptions = {}): ColourRange | null {
  const { trim = 0, symmetric = false } = options;
  const full = finiteExtent(values);
  if (!full) return null;
  const [low, high] = trim > 0 && full[1] > full[0] ? trimmedExtent(values, full, trim) : full;
  if (!symmetric) return [low, high];
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return [-reach, reach];
}

/**
 * Round numbers inside a range for a legend, about `wanted` of them (steps of 1, 2 or 5 times a power of ten).
 * An empty range gives its one value.
 */
export function legendTicks([low, high]: ColourRange, wanted = 5): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // `+ 0` turns the -0 of a rounded negative into 0.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)) + 0);
}

/** As `legendTicks` for a logarithmic scale: powers of ten, with 2 and 5 times these where they are few. */
export function logLegendTicks([low, high]: ColourRange): number[] {
  const first = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, k) => first + k);
  const within = (factors: readonly number[]) =>
    powers
      .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const tries = [[1], [1, 3], [1, 2, 5]].map(within);
  const ticks = tries.find((found) => found.length >= 3) ?? tries.at(-1)!;
  return ticks.length > 1 ? ticks : [low, high];
}

/**
 * Text of numbers that stand together in a legend: all with the same digits after the point, as many as tell
 * neighbours apart (0.05, 0.10), with a true minus sign. Beyond 10^6 or below 10^-4 in powers of ten. A number that
 * stands alone has four significant digits.
 */
export function formatTicks(ticks: readonly number[]): string[] {
  if (ticks.length === 1) return [String(Number(ticks[0]!.toPrecision(4))).replace('-', '−')];
  const largest = Math.max(...ticks.map(Math.abs));
  const step = Math.abs(ticks[1]! - ticks[0]!);
  const inPowers = largest >= 1e6 || (largest > 0 && largest < 1e-4);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return ticks.map((tick) => {
    if (tick === 0) return '0';
    const text = inPowers ? tick.toExponential(significantDigits(largest, step)) : tick.toFixed(Math.min(decimals, 20));
    return text.replace('e+', 'e').replaceAll('-', '−');
  });
}

/** Nearest step of 1, 2 or 5 times a power of ten that is at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9))!;
  return factor * power;
}

function significantDigits(largest: number, step: number): number {
  return Math.max(0, Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step) + 1e-9));
}

function finiteExtent(values: NumericArray): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    // Infinities are missing values; comparisons with NaN are false.
    if (value < low && value !== Number.NEGATIVE_INFINITY) low = value;
    if (value > high && value !== Number.POSITIVE_INFINITY) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** Ends of the histogram once a share `trim` of the values is left out at each side; never wider than `full`. */
function trimmedExtent(values: NumericArray, full: readonly [number, number], trim: number): [number, number] {
  const [low, high] = full;
  const counts = new Uint32Array(BINS);
  const binsPerUnit = BINS / (high - low);
  let finite = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    // Not written as a negation: NaN is to fail it.
    if (value >= low && value <= high) {
      counts[Math.min(BINS - 1, ((value - low) * binsPerUnit) | 0)]!++;
      finite++;
    }
  }
  const leaveOut = trim * finite;
  let first = 0;
  for (let below = counts[0]!; below <= leaveOut && first < BINS - 1; below += counts[first]!) first++;
  let last = BINS - 1;
  for (let above = counts[BINS - 1]!; above <= leaveOut && last > first; above += counts[last]!) last--;
  return [low + first / binsPerUnit, last === BINS - 1 ? high : low + (last + 1) / binsPerUnit];
}
