import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';

/** Bins that a histogram has at most. */
const MOST_BINS = 100;
/** No narrower than an energy is shown, eV. */
const FINEST_WIDTH = 1e-4;

export interface EnergyBins {
  /** Lower edge of the first bin and width of all, eV: edges are multiples of the width. */
  readonly first: number;
  readonly width: number;
  /** Atoms in each bin by structure code. */
  readonly counts: readonly Uint32Array[];
  /** Atoms without a finite energy. */
  readonly missing: number;
}

/**
 * Counts of energies by structure type in bins [k w, (k + 1) w), with w a 1, 2 or 5 times a power of ten that gives 40
 * to 100 bins (fewer where they would be finer than 0.1 meV), so that zero, the bulk, is an edge. Codes beyond the known types count as OTH. Yields now and then.
 */
export function* binEnergies(
  energy: Float32Array | Float64Array,
  structureType: Uint8Array,
): Generator<void, EnergyBins> {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (const value of energy) {
    if (!Number.isFinite(value)) missing++;
    else {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  yield;
  if (low > high) return { first: 0, width: 0.01, counts: STRUCTURE_TYPES.map(() => new Uint32Array(0)), missing };

  const width = roundWidth((high - low) / (MOST_BINS - 1));
  const firstBin = Math.floor(low / width);
  const bins = Math.floor(high / width) - firstBin + 1;
  const counts = STRUCTURE_TYPES.map(() => new Uint32Array(bins));
  for (let row = 0; row < energy.length; row++) {
    const value = energy[row]!;
    if (!Number.isFinite(value)) continue;
    const list = counts[structureType[row]!] ?? counts[0]!;
    list[Math.floor(value / width) - firstBin]!++;
  }
  return { first: firstBin * width, width, counts, missing };
}

/** Nearest of 1, 2 or 5 times a power of ten that is at least `least`. */
function roundWidth(least: number): number {
  const wanted = Math.max(least, FINEST_WIDTH);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= wanted * (1 - 1e-9))!;
}
