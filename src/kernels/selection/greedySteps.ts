import { copyFeatures, type Features, featureCount } from '#data/features.ts';

/**
 * The parts of a greedy selection that touch every atom, over ranges of rows, so that threads can share them
 * (METHOD section 3). P = (X^T X + lambda I)^-1 of the chosen rows X, S = sum over all atoms of x x^T. Per atom:
 *
 *     p = x.P x,   q = x.P S P x,   r = x.P P S P x,   t = x.P P x
 */
export interface GreedyState {
  readonly features: Features;
  /** [n] each, float64: they start at 1/lambda to 1/lambda^3 and shrink by many decades. */
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly r: Float64Array;
  readonly t: Float64Array;
  /** [n] 1 where the atom may still be picked. */
  readonly open: Uint8Array;
  /** [chunks, D, D] sums of x x^T over each chunk. */
  readonly moments: Float64Array;
  /** [chunks, SCREENED_PER_CHUNK] rows of the best scores of each chunk, best first, and the scores. */
  readonly bestRows: Uint32Array;
  readonly bestScores: Float64Array;
  /** [chunks] how many of them are filled. */
  readonly bestCounts: Uint32Array;
}

/**
 * The best so many of every chunk are looked at exactly, about 1,000 in all; even where the best lie in one chunk these
 * are enough (a screen of 10 to 100 gives the reference picks, METHOD section 3).
 */
export const SCREENED_PER_CHUNK = 32;

/** What the score of an atom needs besides its own p, q, r, t; see `scoreOf`. */
export interface ScoreConstants {
  /** Total before the pick: tr(S P) - bias lambda tr(S P P). */
  readonly total: number;
  readonly lambda: number;
  /** 1 for UR (variance without the bias, Eq. 8), 0 for the posterior variance. */
  readonly bias: 0 | 1;
}

export type GreedyStep =
  | { readonly kind: 'moments' }
  /** Compute p, q, r, t anew from these D x D matrices. */
  | { readonly kind: 'refresh'; readonly P: Float64Array; readonly PSP: Float64Array; readonly score: ScoreConstants }
  /** Follow the rank-one change of P by one pick: vectors of length D, scalars of METHOD section 3. */
  | { readonly kind: 'update'; readonly change: RankOneChange; readonly score: ScoreConstants };

export interface RankOneChange {
  readonly v: Float64Array;
  readonly Pv: Float64Array;
  readonly PSv: Float64Array;
  readonly PSPv: Float64Array;
  readonly PPSv: Float64Array;
  /** 1 + x*.v, v.v, v.S v, v.S P v. */
  readonly c: number;
  readonly vv: number;
  readonly vSv: number;
  readonly vSPv: number;
}

/** Total over all atoms after picking an atom with these p, q, r, t. */
export function scoreOf(score: ScoreConstants, p: number, q: number, r: number, t: number): number {
  const c = 1 + p;
  const posterior = score.total - q / c;
  return score.bias === 0 ? posterior : posterior + score.lambda * ((2 * r) / c - (t * q) / (c * c));
}

/** Sum of x x^T over rows [from, to) into the D x D matrix of this chunk. */
export function addMoments(state: GreedyState, chunk: number, from: number, to: number): void {
  const D = featureCount(state.features);
  const x = new Float64Array(D);
  const sum = state.moments.subarray(chunk * D * D, (chunk + 1) * D * D);
  for (let row = from; row < to; row++) {
    copyFeatures(state.features, row, x);
    for (let i = 0; i < D; i++) {
      const xi = x[i]!;
      for (let j = 0; j <= i; j++) sum[i * D + j]! += xi * x[j]!;
    }
  }
}

/** p, q, r, t of one feature vector in closed form, from P and P S P ([D, D] each). */
export function quadraticForms(x: Float64Array, P: Float64Array, PSP: Float64Array) {
  const D = x.length;
  let [p, q, r, t] = [0, 0, 0, 0];
  for (let i = 0; i < D; i++) {
    let [u, w] = [0, 0];
    const line = i * D;
    for (let j = 0; j < D; j++) {
      u += P[line + j]! * x[j]!;
      w += PSP[line + j]! * x[j]!;
    }
    p += x[i]! * u;
    q += x[i]! * w;
    r += u * w;
    t += u * u;
  }
  return { p, q, r, t };
}

/** p, q, r, t of rows [from, to) from P and P S P. */
export function refreshRange(state: GreedyState, P: Float64Array, PSP: Float64Array, from: number, to: number): void {
  const x = new Float64Array(featureCount(state.features));
  for (let row = from; row < to; row++) {
    if (state.open[row] === 0) continue;
    copyFeatures(state.features, row, x);
    const { p, q, r, t } = quadraticForms(x, P, PSP);
    state.p[row] = p;
    state.q[row] = q;
    state.r[row] = r;
    state.t[row] = t;
  }
}

/** Follow the last pick for rows [from, to): five dot products an atom. */
export function updateRange(state: GreedyState, change: RankOneChange, from: number, to: number): void {
  const { open, p, q, r, t } = state;
  const { array, width, intercept } = state.features;
  const { v, Pv, PSv, PSPv, PPSv, c, vv, vSv, vSPv } = change;
  const e = vv / c;
  const constants = [v, Pv, PSv, PSPv, PPSv].map((vector) => (intercept ? vector[width]! : 0));
  const [v1, Pv1, PSv1, PSPv1, PPSv1] = constants as [number, number, number, number, number];
  for (let row = from; row < to; row++) {
    if (open[row] === 0) continue;
    let xv = v1;
    let xPv = Pv1;
    let xPSv = PSv1;
    let xPSPv = PSPv1;
    let xPPSv = PPSv1;
    const start = row * width;
    for (let k = 0; k < width; k++) {
      const x = array[start + k]!;
      xv += x * v[k]!;
      xPv += x * Pv[k]!;
      xPSv += x * PSv[k]!;
      xPSPv += x * PSPv[k]!;
      xPPSv += x * PPSv[k]!;
    }
    const a = xv / c;
    const b = xPv / c;
    p[row]! -= xv * a;
    q[row]! += -2 * a * xPSv + a * a * vSv;
    t[row]! += -2 * a * xPv + a * a * vv;
    r[row]! += -b * xPSv - a * xPSPv + a * e * xPSv - a * xPPSv + a * b * vSv + a * a * vSPv - a * a * e * vSv;
  }
}

/**
 * Leave the best rows of [from, to) in this chunk's list, which the caller empties (`bestCounts[chunk] = 0`) before the
 * first range of a step; ranges come in ascending order. Ties go to the lower row.
 */
export function screenRange(state: GreedyState, score: ScoreConstants, chunk: number, from: number, to: number): void {
  const { open, p, q, r, t, bestRows, bestScores, bestCounts } = state;
  const base = chunk * SCREENED_PER_CHUNK;
  let count = bestCounts[chunk]!;
  for (let row = from; row < to; row++) {
    if (open[row] === 0) continue;
    const value = scoreOf(score, p[row]!, q[row]!, r[row]!, t[row]!);
    const full = count === SCREENED_PER_CHUNK;
    // NaN can come of drifted state before the first refresh: such an atom has to be looked at exactly.
    const rank = Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
    if (full && rank >= bestScores[base + count - 1]!) continue;
    let slot = full ? count - 1 : count++;
    while (slot > 0 && bestScores[base + slot - 1]! > rank) {
      bestScores[base + slot] = bestScores[base + slot - 1]!;
      bestRows[base + slot] = bestRows[base + slot - 1]!;
      slot--;
    }
    bestScores[base + slot] = rank;
    bestRows[base + slot] = row;
  }
  bestCounts[chunk] = count;
}
