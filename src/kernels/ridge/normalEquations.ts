import { CholeskyDecomposition, type Matrix } from 'ml-matrix';
import { badParameter } from '#data/errors.ts';

/**
 * Cholesky decomposition of M = X^T X + lambda I.
 * @throws Refusal (`bad-parameter`) where lambda is lost in the rounding of X^T X, so that M has no inverse.
 */
export function decomposeNormalMatrix(M: Matrix, lambda: number): CholeskyDecomposition {
  const decomposition = new CholeskyDecomposition(M);
  if (decomposition.isPositiveDefinite()) return decomposition;
  throw badParameter(
    `lambda ${lambda} is too small for these features: it is lost in the rounding of their squares, up to ` +
      `${Math.max(...M.diagonal()).toExponential(1)}. Choose a larger one`,
  );
}
