import { copyFeatures, type Features, featureCount } from '#data/features.ts';

export interface Prediction {
  /** [n] eV relative to bulk. */
  readonly energy: Float32Array;
  /** [n] s sqrt(x.P x), eV: standard deviation of the mean prediction; NaN where s cannot be estimated. */
  readonly sigma: Float32Array;
  /** [n] sqrt(x.P x): the same without s. */
  readonly sigmaRelative: Float32Array;
}

/** Energy and uncertainty of rows [from, to) (METHOD section 2). */
export function predictRange(
  features: Features,
  model: { readonly weights: Float64Array; readonly P: Float64Array; readonly noiseVariance: number },
  from: number,
  to: number,
  out: Prediction,
): void {
  const D = featureCount(features);
  const { weights, P } = model;
  const noise = Math.sqrt(model.noiseVariance);
  const x = new Float64Array(D);
  for (let row = from; row < to; row++) {
    copyFeatures(features, row, x);
    let energy = 0;
    let variance = 0;
    for (let i = 0; i < D; i++) {
      energy += weights[i]! * x[i]!;
      // P is symmetric: the lower triangle is enough.
      let sum = 0.5 * P[i * D + i]! * x[i]!;
      for (let j = 0; j < i; j++) sum += P[i * D + j]! * x[j]!;
      variance += 2 * sum * x[i]!;
    }
    const relative = Math.sqrt(Math.max(0, variance));
    out.energy[row] = energy;
    out.sigmaRelative[row] = relative;
    out.sigma[row] = noise * relative;
  }
}

/** Sums of squares and largest of |prediction - label| for many weight vectors at once. */
export interface ErrorSums {
  /** [models] eV^2. */
  readonly squares: Float64Array;
  /** [models] eV. */
  readonly largest: Float64Array;
}

/**
 * Add the errors of `models` weight vectors ([models, D]) over rows `rows[from ... to)`, leaving out atoms without a
 * label. One pass over the features serves every point of every error curve.
 */
export function addErrors(
  features: Features,
  weights: Float64Array,
  rows: Uint32Array,
  label: Float64Array,
  from: number,
  to: number,
  out: ErrorSums,
): void {
  const D = featureCount(features);
  const models = weights.length / D;
  const x = new Float64Array(D);
  for (let k = from; k < to; k++) {
    const row = rows[k]!;
    const reference = label[row]!;
    if (Number.isNaN(reference)) continue;
    copyFeatures(features, row, x);
    for (let model = 0; model < models; model++) {
      let energy = 0;
      for (let i = 0; i < D; i++) energy += weights[model * D + i]! * x[i]!;
      const error = Math.abs(energy - reference);
      out.squares[model]! += error * error;
      if (error > out.largest[model]!) out.largest[model] = error;
    }
  }
}
