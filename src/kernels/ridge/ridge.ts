import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { copyFeatures, type Features, featureCount } from '#data/features.ts';

/** A ridge fit (paper, Eqs. 2-6; METHOD section 2). Energies in eV relative to bulk, D features. */
export interface RidgeModel {
  /** [D]; the constant's weight last where the features have one. */
  readonly weights: Float64Array;
  readonly lambda: number;
  /** [D, D] P = (X^T X + lambda I)^-1. */
  readonly P: Float64Array;
  /** s^2 = sum of squared residuals / degrees of freedom, eV^2; NaN where that is below 1. */
  readonly noiseVariance: number;
  /** n - tr(X P X^T). */
  readonly degreesOfFreedom: number;
  /** [n] e_i, eV, of the training atoms in the order given. */
  readonly residuals: Float64Array;
  /** [n] e_i / (1 - h_ii), eV. */
  readonly leaveOneOut: Float64Array;
}

/** Feature vectors of these rows as a matrix [n, D]. */
function designMatrix(features: Features, rows: ArrayLike<number>): Matrix {
  const D = featureCount(features);
  const x = new Float64Array(D);
  const X = new Matrix(rows.length, D);
  for (let k = 0; k < rows.length; k++) {
    copyFeatures(features, rows[k]!, x);
    X.setRow(k, x);
  }
  return X;
}

/**
 * Fit y = x.w by ridge regression; every weight has the same penalty, the constant's too.
 * @param rows Training atoms. @param y [n] their energies, eV relative to bulk.
 */
export function fitRidge(features: Features, rows: ArrayLike<number>, y: Float64Array, lambda: number): RidgeModel {
  const X = designMatrix(features, rows);
  const D = X.columns;
  const Xt = X.transpose();
  const decomposition = new CholeskyDecomposition(Xt.mmul(X).add(Matrix.eye(D).mul(lambda)));
  const weights = decomposition.solve(Xt.mmul(Matrix.columnVector(y)));
  const P = decomposition.solve(Matrix.eye(D));
  const XP = X.mmul(P);
  const fitted = X.mmul(weights);
  const n = rows.length;
  const residuals = new Float64Array(n);
  const leaveOneOut = new Float64Array(n);
  let traceOfHat = 0;
  let sumOfSquares = 0;
  for (let i = 0; i < n; i++) {
    let leverage = 0;
    for (let k = 0; k < D; k++) leverage += XP.get(i, k) * X.get(i, k);
    const residual = y[i]! - fitted.get(i, 0);
    traceOfHat += leverage;
    sumOfSquares += residual * residual;
    residuals[i] = residual;
    leaveOneOut[i] = residual / (1 - leverage);
  }
  const degreesOfFreedom = n - traceOfHat;
  return {
    weights: Float64Array.from(weights.to1DArray()),
    lambda,
    P: Float64Array.from(P.to1DArray()),
    noiseVariance: degreesOfFreedom < 1 ? Number.NaN : sumOfSquares / degreesOfFreedom,
    degreesOfFreedom,
    residuals,
    leaveOneOut,
  };
}

export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! ** 2;
  return Math.sqrt(sum / values.length);
}

/** Penalties tried by leave-one-out: whole and half decades from 1e-10 to 1e2. */
const LAMBDAS = Array.from({ length: 25 }, (_, k) => 10 ** (-10 + k / 2));

/** The penalty of the grid with the least leave-one-out RMSE; ties to the larger one, which is the smoother model. */
export function chooseLambda(features: Features, rows: ArrayLike<number>, y: Float64Array): number {
  const errors = LAMBDAS.map((lambda) => rootMeanSquare(fitRidge(features, rows, y, lambda).leaveOneOut));
  return LAMBDAS[errors.lastIndexOf(Math.min(...errors))]!;
}
