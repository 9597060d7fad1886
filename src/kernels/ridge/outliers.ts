import { medianOf } from './statistics.ts';

/** Fewer residuals say nothing of their spread. */
const ENOUGH = 20;
/** Residuals of a sound model are near normal: one in a million lies as far out. */
const FAR = 5;
/** Of the median absolute deviation of a normal distribution to its standard deviation. */
const NORMAL = 1.4826;

export interface Outlier {
  /** Index of the residual. */
  readonly index: number;
  /** Its distance from the median, in robust standard deviations. */
  readonly deviations: number;
}

/** Residuals far from all others, the farthest first; the median absolute deviation stands for their spread. */
export function findOutliers(residuals: Float64Array): Outlier[] {
  if (residuals.length < ENOUGH) return [];
  const median = medianOf(residuals);
  const spread = NORMAL * medianOf(residuals.map((residual) => Math.abs(residual - median)));
  if (!(spread > 0)) return [];
  return Array.from(residuals, (residual, index) => ({ index, deviations: Math.abs(residual - median) / spread }))
    .filter(({ deviations }) => deviations > FAR)
    .sort((a, b) => b.deviations - a.deviations || a.index - b.index);
}
