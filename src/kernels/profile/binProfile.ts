/** What lies in one bin of a profile, and what its values are. */
export interface ProfileBins {
  /** Where the first bin starts, and how wide each is, Å. */
  readonly first: number;
  readonly width: number;
  /** [bins] atoms in each. */
  readonly atoms: Uint32Array;
  /** [bins] those of them that have a value. */
  readonly valued: Uint32Array;
  /** [bins] over the atoms with a value; NaN where there are none. */
  readonly mean: Float64Array;
  /** [bins] standard deviation (divided by n - 1) over the root of n; NaN for fewer than two atoms. */
  readonly standardError: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Atoms that lie nowhere along it: their coordinate is no number. */
  readonly unplaced: number;
}

export interface ProfileInput {
  /** Atoms; rows run from 0. */
  readonly count: number;
  /** Where an atom lies, Å; NaN where it lies nowhere. */
  readonly along: (row: number) => number;
  /** NaN where an atom has no value. */
  readonly value: (row: number) => number;
  readonly width: number;
  /** What the bins have to hold, Å; without it what the atoms span. An atom a rounding error outside counts as inside. */
  readonly span?: readonly [low: number, high: number];
}

/** Most bins of a profile: more would be noise, and no screen shows them. */
export const MOST_BINS = 10_000;
/** Atoms between two looks at what else there is to do. */
const BLOCK = 1 << 14;
/** Part of a bin by which the last one may be overrun, so that rounding makes no bin of its own. */
const SLACK = 1e-6;

/**
 * Mean of a value in equal bins, with the standard error of the mean. Two passes over the atoms, float64; means and
 * squares are taken by Welford's recurrence, which loses nothing where values are large and differ little.
 * @returns null where that would be more than `MOST_BINS`.
 */
export function* binProfile({ count, along, value, width, span }: ProfileInput): Generator<void, ProfileBins | null> {
  let [low, high] = span ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (!span) {
    for (let row = 0; row < count; row++) {
      const at = along(row);
      if (at < low) low = at;
      if (at > high) high = at;
      if ((row + 1) % BLOCK === 0) yield;
    }
  }
  const bins = low <= high ? binCount(low, high, width) : 0;
  if (!(bins <= MOST_BINS)) return null;
  const atoms = new Uint32Array(bins);
  const valued = new Uint32Array(bins);
  const mean = new Float64Array(bins);
  const squares = new Float64Array(bins);
  const least = new Float64Array(bins).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(bins).fill(Number.NEGATIVE_INFINITY);
  let unplaced = 0;
  for (let row = 0; row < count; row++) {
    if ((row + 1) % BLOCK === 0) yield;
    const at = along(row);
    if (!Number.isFinite(at)) {
      unplaced++;
      continue;
    }
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((at - low) / width)));
    atoms[bin]!++;
    const x = value(row);
    if (!Number.isFinite(x)) continue;
    const n = ++valued[bin]!;
    const difference = x - mean[bin]!;
    mean[bin]! += difference / n;
    squares[bin]! += difference * (x - mean[bin]!);
    if (x < least[bin]!) least[bin] = x;
    if (x > most[bin]!) most[bin] = x;
  }
  const standardError = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    const n = valued[bin]!;
    standardError[bin] = n > 1 ? Math.sqrt(squares[bin]! / (n - 1) / n) : Number.NaN;
    if (n === 0) mean[bin] = least[bin] = most[bin] = Number.NaN;
  }
  return { first: low, width, atoms, valued, mean, standardError, least, most, unplaced };
}

/** Bins that hold all from `low` to `high`. */
export function binCount(low: number, high: number, width: number): number {
  return Math.max(1, Math.ceil((high - low) / width - SLACK));
}
