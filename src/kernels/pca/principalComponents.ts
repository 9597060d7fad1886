import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { badParameter } from '#data/errors.ts';
import type { Moments } from './secondMoment.ts';

export interface PrincipalComponents {
  /** [D] mean over all rows. */
  readonly mean: Float64Array;
  /** [d, D] unit eigenvectors in rows, by falling eigenvalue; the entry of largest magnitude of each is positive. */
  readonly components: Float64Array;
  /** [D] all eigenvalues of the covariance (divided by N - 1), falling; rounding below zero is set to zero. */
  readonly explainedVariance: Float64Array;
  /** [D] each as a part of the total. */
  readonly explainedRatio: Float64Array;
  readonly totalVariance: number;
  /** Components kept. */
  readonly d: number;
}

/** As few components as explain this part of the variance (the paper: 0.9999), or exactly so many. */
export type Keep = { readonly variance: number } | { readonly components: number };

/** Variance of rows that differ by nothing but rounding, relative to their squared mean; noise of files is far above. */
const ROUNDING_VARIANCE = 1e-26;

/**
 * Principal components from the moments of all rows (METHOD section 1, step 5).
 *
 * @param moments Of all rows, see `combineMoments`.
 * @param shift [D] the shift they were taken with.
 * @throws Refusal (`bad-parameter`) for fewer than two rows, rows without variance, or more components than numbers.
 */
export function principalComponents(moments: Moments, shift: Float64Array, keep: Keep): PrincipalComponents {
  const dimension = shift.length;
  const count = moments[0]!;
  if (count < 2) throw badParameter(`Principal components need two atoms or more, found ${count}`);
  const mean = shift.map((value, i) => value + moments[1 + i]! / count);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covarianceOf(moments, dimension), {
    assumeSymmetric: true,
  });

  const order = realEigenvalues.map((_, k) => k).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]! || a - b);
  const explainedVariance = Float64Array.from(order, (k) => Math.max(realEigenvalues[k]!, 0));
  const totalVariance = explainedVariance.reduce((sum, value) => sum + value, 0);
  const squaredMean = mean.reduce((sum, value) => sum + value * value, 0);
  if (!(totalVariance > ROUNDING_VARIANCE * squaredMean)) {
    throw badParameter('All atoms have the same surroundings: principal components need some that differ');
  }
  const explainedRatio = explainedVariance.map((value) => value / totalVariance);
  const d = countComponents(explainedRatio, keep);
  const components = new Float64Array(d * dimension);
  for (let c = 0; c < d; c++) {
    const vector = eigenvectorMatrix.getColumn(order[c]!);
    components.set(withFixedSign(vector), c * dimension);
  }
  return { mean, components, explainedVariance, explainedRatio, totalVariance, d };
}

function covarianceOf(moments: Moments, dimension: number): Matrix {
  const count = moments[0]!;
  const covariance = Matrix.zeros(dimension, dimension);
  let at = 1 + dimension;
  for (let i = 0; i < dimension; i++) {
    for (let j = i; j < dimension; j++) {
      const value = (moments[at++]! - (moments[1 + i]! * moments[1 + j]!) / count) / (count - 1);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  }
  return covariance;
}

/** How many components `keep` asks for. @throws Refusal (`bad-parameter`) for what cannot be. */
export function countComponents(explainedRatio: Float64Array, keep: Keep): number {
  const dimension = explainedRatio.length;
  if ('components' in keep) {
    const { components } = keep;
    if (!(Number.isInteger(components) && components >= 1 && components <= dimension)) {
      throw badParameter(`Components: expected a whole number from 1 to ${dimension}, found ${components}`);
    }
    return components;
  }
  if (!(keep.variance > 0 && keep.variance <= 1)) {
    throw badParameter(`Variance kept: expected a number above 0 and up to 1, found ${keep.variance}`);
  }
  let sum = 0;
  const last = explainedRatio.findIndex((ratio) => {
    sum += ratio;
    return sum >= keep.variance;
  });
  return last === -1 ? dimension : last + 1;
}

/** An eigenvector's sign is free: make its entry of largest magnitude positive, the first one where several tie. */
function withFixedSign(vector: number[]): number[] {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? vector.map((value) => -value) : vector;
}
