/**
 * M = X^T X + lambda I of the rows added so far, kept as its upper triangular square root: R^T R = M. Each row is rotated
 * into R by Givens rotations, as QR decomposition of the rows below sqrt(lambda) I does (Golub & Van Loan, section 6.5).
 *
 * M itself would not do: while there are fewer rows than features its eigenvalues span from lambda to |X|^2, and rounding
 * in M of 1e-16 |X|^2 is 1e-8 of lambda = 1e-6. P = M^-1 is then off by as much, the rank-one changes of p, q, r, t no
 * longer fit it, and on a million atoms the screen loses the best candidate within six picks of a refresh. Relative errors
 * of UR scores on fe-gb-1m after 8 picks: Cholesky of M 2e-5, P itself followed by rank-one changes and this 4e-8; after
 * 14 picks 2e-10, 4e-12 and 3e-13.
 */
export class SquareRoot {
  readonly #D: number;
  /** [D, D]; zero below the diagonal. */
  readonly #R: Float64Array;

  constructor(D: number, lambda: number) {
    this.#D = D;
    this.#R = new Float64Array(D * D);
    for (let i = 0; i < D; i++) this.#R[i * D + i] = Math.sqrt(lambda);
  }

  /** M += x x^T. */
  add(x: Float64Array): void {
    const D = this.#D;
    const R = this.#R;
    const left = x.slice();
    for (let i = 0; i < D; i++) {
      const length = Math.hypot(R[i * D + i]!, left[i]!);
      const cosine = R[i * D + i]! / length;
      const sine = left[i]! / length;
      for (let j = i; j < D; j++) {
        const [above, below] = [R[i * D + j]!, left[j]!];
        R[i * D + j] = cosine * above + sine * below;
        left[j] = cosine * below - sine * above;
      }
    }
  }

  /** [D, D] P = M^-1 = T T^T with T = R^-1; exactly symmetric. */
  inverse(): Float64Array {
    const D = this.#D;
    const T = this.#invertedTriangle();
    const P = new Float64Array(D * D);
    for (let i = 0; i < D; i++) {
      for (let j = i; j < D; j++) {
        let sum = 0;
        for (let k = j; k < D; k++) sum += T[i * D + k]! * T[j * D + k]!;
        P[i * D + j] = sum;
        P[j * D + i] = sum;
      }
    }
    return P;
  }

  #invertedTriangle(): Float64Array {
    const D = this.#D;
    const R = this.#R;
    const T = new Float64Array(D * D);
    for (let j = 0; j < D; j++) {
      T[j * D + j] = 1 / R[j * D + j]!;
      for (let i = j - 1; i >= 0; i--) {
        let sum = 0;
        for (let k = i + 1; k <= j; k++) sum += R[i * D + k]! * T[k * D + j]!;
        T[i * D + j] = -sum / R[i * D + i]!;
      }
    }
    return T;
  }
}
