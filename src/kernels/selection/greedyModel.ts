import type { SquareRoot } from './squareRoot.ts';

/** The rank-one change of P that one more row x brings (Sherman-Morrison), as METHOD section 3 needs it: v = P x. */
export interface RankOneChange {
  /** [D] each. */
  readonly v: Float64Array;
  readonly Pv: Float64Array;
  readonly PSv: Float64Array;
  readonly PSPv: Float64Array;
  readonly PPSv: Float64Array;
  /** 1 + x.v, v.v, v.S v, v.S P v. */
  readonly c: number;
  readonly vv: number;
  readonly vSv: number;
  readonly vSPv: number;
}

/**
 * Everything of a greedy selection at D x D: P = (X^T X + lambda I)^-1 of the chosen rows, P S P, and what adding a row
 * changes. Matrices are [D, D], flat; between two passes over the atoms their products are what everybody waits for.
 */
export class GreedyModel {
  readonly #S: Float64Array;
  readonly #root: SquareRoot;
  readonly #D: number;
  #P!: Float64Array;
  #PSP!: Float64Array;

  /**
   * @param S [D, D] sum over all atoms of x x^T.
   * @param root Of the rows chosen so far.
   */
  constructor(S: Float64Array, root: SquareRoot) {
    this.#S = S;
    this.#root = root;
    this.#D = Math.sqrt(S.length);
    this.#derive();
  }

  get P(): Float64Array {
    return this.#P;
  }

  /** P S P, exactly symmetric. */
  get PSP(): Float64Array {
    return this.#PSP;
  }

  add(x: Float64Array): void {
    this.#root.add(x);
    this.#derive();
  }

  changeBy(x: Float64Array): RankOneChange {
    const [S, P] = [this.#S, this.#P];
    const v = times(P, x);
    const Sv = times(S, v);
    const PSv = times(P, Sv);
    const Pv = times(P, v);
    return {
      v,
      Pv,
      PSv,
      PSPv: times(P, times(S, Pv)),
      PPSv: times(P, PSv),
      c: 1 + dot(x, v),
      vv: dot(v, v),
      vSv: dot(v, Sv),
      vSPv: dot(Sv, Pv),
    };
  }

  /** Total over all atoms now: tr(S P) - bias tr(S P P), see `ScoreConstants`. */
  total(bias: number): number {
    let tracePSP = 0;
    for (let i = 0; i < this.#D; i++) tracePSP += this.#PSP[i * this.#D + i]!;
    return dot(this.#S, this.#P) - bias * tracePSP;
  }

  #derive(): void {
    this.#P = this.#root.inverse();
    this.#PSP = symmetrised(product(product(this.#P, this.#S, this.#D), this.#P, this.#D), this.#D);
  }
}

function product(a: Float64Array, b: Float64Array, D: number): Float64Array {
  const out = new Float64Array(D * D);
  for (let i = 0; i < D; i++) {
    const line = i * D;
    for (let k = 0; k < D; k++) {
      const factor = a[line + k]!;
      const from = k * D;
      for (let j = 0; j < D; j++) out[line + j]! += factor * b[from + j]!;
    }
  }
  return out;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const D = vector.length;
  const out = new Float64Array(D);
  for (let i = 0; i < D; i++) {
    let sum = 0;
    for (let j = 0; j < D; j++) sum += matrix[i * D + j]! * vector[j]!;
    out[i] = sum;
  }
  return out;
}

function symmetrised(matrix: Float64Array, D: number): Float64Array {
  return matrix.map((value, k) => 0.5 * (value + matrix[(k % D) * D + Math.floor(k / D)]!));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
