import { type Matrix, SingularValueDecomposition } from 'ml-matrix';

/** What ridge regression leaves of its training data. */
export interface TrainingErrors {
  /** [n] e_i = y_i - x_i.w. */
  readonly residuals: Float64Array;
  /** [n] e_i / (1 - h_ii): the error at each atom of a fit without it (METHOD section 2). */
  readonly leaveOneOut: Float64Array;
  /** n - tr(X P X^T) = sum of 1 - h_ii. */
  readonly degreesOfFreedom: number;
}

/**
 * Training errors of ridge regression for any lambda, from one decomposition X = U s V^T. With fewer atoms than features
 * and a small lambda, e_i and 1 - h_ii are both of order lambda: taken as differences (1 - x.P x) they are rounding,
 * while these sums have no cancellation:
 *
 *     1 - h_ii = o_ii + sum_k U_ik^2 lambda / (s_k^2 + lambda),   o = 1 - U U^T (zero where U is square).
 *
 * @param X [n, D]. @param y [n].
 */
export function makeTrainingErrors(X: Matrix, y: Float64Array): (lambda: number) => TrainingErrors {
  const n = X.rows;
  const { leftSingularVectors: U, diagonal } = new SingularValueDecomposition(X, { autoTranspose: true });
  const rank = U.columns;
  const Uty = Float64Array.from({ length: rank }, (_, k) => y.reduce((sum, value, i) => sum + U.get(i, k) * value, 0));
  const outside = new Float64Array(n);
  const outsideY = new Float64Array(n);
  if (n > rank) {
    for (let i = 0; i < n; i++) {
      outside[i] = 1 - Uty.reduce((sum, _, k) => sum + U.get(i, k) ** 2, 0);
      outsideY[i] = y[i]! - Uty.reduce((sum, value, k) => sum + U.get(i, k) * value, 0);
    }
  }

  return (lambda) => {
    const left = diagonal.map((s) => lambda / (s * s + lambda));
    const residuals = outsideY.slice();
    const leaveOneOut = new Float64Array(n);
    let degreesOfFreedom = 0;
    for (let i = 0; i < n; i++) {
      let complement = outside[i]!;
      for (let k = 0; k < rank; k++) {
        complement += U.get(i, k) ** 2 * left[k]!;
        residuals[i]! += U.get(i, k) * Uty[k]! * left[k]!;
      }
      leaveOneOut[i] = residuals[i]! / complement;
      degreesOfFreedom += complement;
    }
    return { residuals, leaveOneOut, degreesOfFreedom };
  };
}
