import { copyFeatures, featureCount } from '#data/features.ts';
import { type GreedyState, SCREENED_PER_CHUNK, type ScoreConstants, sideOf } from './greedyState.ts';

/**
 * The parts of a greedy selection that touch every atom, over ranges of rows, so that threads can share them (METHOD
 * section 3). Ranges of a chunk come in ascending order and begin at a multiple of `PANEL`.
 */
export interface GreedySteps {
  moments(chunk: number, from: number, to: number): void;
  refresh(chunk: number, from: number, to: number): void;
  update(chunk: number, from: number, to: number): void;
  /** Score what refreshing or updating a chunk left in its list in closed form, from P and PSP. */
  rescore(chunk: number): void;
}

/** In float64, as it is written in METHOD. */
export function makeReferenceSteps(state: GreedyState): GreedySteps {
  return {
    moments: (chunk, from, to) => addMoments(state, chunk, from, to),
    refresh: (chunk, from, to) => {
      refreshRange(state, from, to);
      screenRange(state, chunk, from, to);
    },
    update: (chunk, from, to) => {
      updateRange(state, from, to);
      screenRange(state, chunk, from, to);
    },
    rescore: (chunk) => rescoreList(state, chunk),
  };
}

/** Total over all atoms after picking an atom with these p, q, r, t. */
export function scoreOf({ total, bias }: ScoreConstants, p: number, q: number, r: number, t: number): number {
  const inverseC = 1 / (1 + p);
  const gain = q * inverseC;
  return total - gain + bias * (2 * r * inverseC - t * gain * inverseC);
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

/** Sum of x x^T over rows [from, to) into the square of this chunk. */
function addMoments(state: GreedyState, chunk: number, from: number, to: number): void {
  const D = featureCount(state.features);
  const side = sideOf(D);
  const x = new Float64Array(D);
  const sum = state.moments.subarray(chunk * side ** 2, (chunk + 1) * side ** 2);
  for (let row = from; row < to; row++) {
    copyFeatures(state.features, row, x);
    for (let i = 0; i < D; i++) {
      const xi = x[i]!;
      for (let j = 0; j <= i; j++) sum[i * side + j]! += xi * x[j]!;
    }
  }
}

/** p, q, r, t of rows [from, to) from P and P S P. */
function refreshRange(state: GreedyState, from: number, to: number): void {
  const x = new Float64Array(featureCount(state.features));
  for (let row = from; row < to; row++) {
    if (state.open[row] === 0) continue;
    copyFeatures(state.features, row, x);
    const { p, q, r, t } = quadraticForms(x, state.P, state.PSP);
    state.p[row] = p;
    state.q[row] = q;
    state.r[row] = r;
    state.t[row] = t;
  }
}

/** Follow the rank-one change of P by the last pick for rows [from, to): five dot products an atom. */
function updateRange(state: GreedyState, from: number, to: number): void {
  const { open, p, q, r, t, change } = state;
  const { array, width } = state.features;
  const [inverseC, vv, vSv, vSPv] = state.constants as unknown as [number, number, number, number];
  const e = vv * inverseC;
  for (let row = from; row < to; row++) {
    if (open[row] === 0) continue;
    let xv = change[0]!;
    let xPv = change[1]!;
    let xPSv = change[2]!;
    let xPSPv = change[3]!;
    let xPPSv = change[4]!;
    for (let k = 0; k < width; k++) {
      const x = array[row * width + k]!;
      const at = 5 * (k + 1);
      xv += x * change[at]!;
      xPv += x * change[at + 1]!;
      xPSv += x * change[at + 2]!;
      xPSPv += x * change[at + 3]!;
      xPPSv += x * change[at + 4]!;
    }
    const a = xv * inverseC;
    const b = xPv * inverseC;
    p[row]! -= xv * a;
    q[row]! += -2 * a * xPSv + a * a * vSv;
    t[row]! += -2 * a * xPv + a * a * vv;
    r[row]! += -b * xPSv - a * xPSPv + a * e * xPSv - a * xPPSv + a * b * vSv + a * a * vSPv - a * a * e * vSv;
  }
}

function scoreConstants({ constants }: GreedyState): ScoreConstants {
  return { total: constants[4]!, bias: constants[5]! };
}

/** Leave the best rows of [from, to) in this chunk's list, which starts empty. Ties go to the lower row. */
function screenRange(state: GreedyState, chunk: number, from: number, to: number): void {
  const { open, p, q, r, t, bestRows, bestScores, bestCounts } = state;
  const score = scoreConstants(state);
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

function rescoreList(state: GreedyState, chunk: number): void {
  const x = new Float64Array(featureCount(state.features));
  const score = scoreConstants(state);
  const start = chunk * SCREENED_PER_CHUNK;
  for (let at = start; at < start + state.bestCounts[chunk]!; at++) {
    copyFeatures(state.features, state.bestRows[at]!, x);
    const { p, q, r, t } = quadraticForms(x, state.P, state.PSP);
    state.bestScores[at] = scoreOf(score, p, q, r, t);
  }
}
