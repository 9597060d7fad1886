import { Matrix } from 'ml-matrix';
import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { makeTrainingErrors, type TrainingErrors } from './leaveOneOut.ts';
import { decomposeNormalMatrix } from './normalEquations.ts';
import { rootMeanSquare } from './statistics.ts';

/** A ridge fit (paper, Eqs. 2-6; METHOD section 2). Energies in eV relative to bulk, D features. */
export interface RidgeModel extends TrainingErrors {
  /** [D]; the constant's weight last where the features have one. */
  readonly weights: Float64Array;
  readonly lambda: number;
  /** [D, D] P = (X^T X + lambda I)^-1. */
  readonly P: Float64Array;
  /** s^2 = sum of squared residuals / degrees of freedom, eV^2; NaN where that is below 1. */
  readonly noiseVariance: number;
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
 * @throws Refusal (`bad-parameter`) for a lambda too small for the features.
 */
export function fitRidge(features: Features, rows: ArrayLike<number>, y: Float64Array, lambda: number): RidgeModel {
  const X = designMatrix(features, rows);
  const D = X.columns;
  const Xt = X.transpose();
  const decomposition = decomposeNormalMatrix(Xt.mmul(X).add(Matrix.eye(D).mul(lambda)), lambda);
  const weights = decomposition.solve(Xt.mmul(Matrix.columnVector(y)));
  const P = decomposition.solve(Matrix.eye(D));
  const errors = makeTrainingErrors(X, y)(lambda);
  const sumOfSquares = errors.residuals.reduce((sum, residual) => sum + residual * residual, 0);
  return {
    weights: Float64Array.from(weights.to1DArray()),
    lambda,
    P: Float64Array.from(P.to1DArray()),
    noiseVariance: errors.degreesOfFreedom < 1 ? Number.NaN : sumOfSquares / errors.degreesOfFreedom,
    ...errors,
  };
}

/** Penalties tried by leave-one-out: 1 and 3 of each decade, from 1e-10 to 1e2. */
const LAMBDAS = [
  ...Array.from({ length: 12 }, (_, k) => k - 10).flatMap((decade) => [Number(`1e${decade}`), Number(`3e${decade}`)]),
  100,
];

/** The penalty of the grid with the least leave-one-out RMSE; ties to the larger one, which is the smoother model. */
export function chooseLambda(features: Features, rows: ArrayLike<number>, y: Float64Array): number {
  const errorsAt = makeTrainingErrors(designMatrix(features, rows), y);
  const errors = LAMBDAS.map((lambda) => rootMeanSquare(errorsAt(lambda).leaveOneOut));
  return LAMBDAS[errors.lastIndexOf(Math.min(...errors))]!;
}
