import { Matrix } from 'ml-matrix';
import type { MemoryLedger } from '#data/buffers.ts';
import { badParameter } from '#data/errors.ts';
import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import type { Selection, SelectionInput } from './criterion.ts';
import {
  type GreedyState,
  quadraticForms,
  type RankOneChange,
  SCREENED_PER_CHUNK,
  type ScoreConstants,
  scoreOf,
} from './greedySteps.ts';
import { SquareRoot } from './squareRoot.ts';

/** Memory of a greedy selection over `features`, for `chunks` chunks of rows. */
function makeGreedyState(
  features: Features,
  candidates: Uint8Array,
  chunks: number,
  memory: MemoryLedger,
): GreedyState {
  const { count } = features;
  const D = featureCount(features);
  const state = {
    features,
    p: memory.allocate('selection state p', 'float64', count),
    q: memory.allocate('selection state q', 'float64', count),
    r: memory.allocate('selection state r', 'float64', count),
    t: memory.allocate('selection state t', 'float64', count),
    open: memory.allocate('open candidates', 'uint8', count),
    moments: memory.allocate('second moments of the features', 'float64', chunks * D * D),
    bestRows: memory.allocate('screened rows', 'uint32', chunks * SCREENED_PER_CHUNK),
    bestScores: memory.allocate('screened scores', 'float64', chunks * SCREENED_PER_CHUNK),
    bestCounts: memory.allocate('screened counts', 'uint32', chunks),
  };
  state.open.set(candidates);
  return state;
}

function releaseGreedyState(state: GreedyState, memory: MemoryLedger): void {
  const { p, q, r, t, open, moments, bestRows, bestScores, bestCounts } = state;
  memory.release(p, q, r, t, open, moments, bestRows, bestScores, bestCounts);
}

/** Everything at D x D: P = (X^T X + lambda I)^-1 of the chosen rows and what follows from it. */
class Model {
  readonly #root: SquareRoot;
  readonly #S: Matrix;
  readonly #lambda: number;
  P!: Matrix;
  /** P and P S P by rows, for the steps over all atoms. */
  flatP!: Float64Array;
  flatPSP!: Float64Array;

  /** @param root Of the rows chosen so far. */
  constructor(S: Matrix, root: SquareRoot, lambda: number) {
    this.#S = S;
    this.#root = root;
    this.#lambda = lambda;
    this.#derive();
  }

  add(x: Float64Array): void {
    this.#root.add(x);
    this.#derive();
  }

  /** The rank-one change of P that adding `x` brings (Sherman-Morrison), as METHOD section 3 needs it. */
  changeBy(x: Float64Array): RankOneChange {
    const column = Matrix.columnVector(x);
    const v = this.P.mmul(column);
    const Sv = this.#S.mmul(v);
    const PSv = this.P.mmul(Sv);
    const Pv = this.P.mmul(v);
    return {
      v: toArray(v),
      Pv: toArray(Pv),
      PSv: toArray(PSv),
      PSPv: toArray(this.P.mmul(this.#S.mmul(Pv))),
      PPSv: toArray(this.P.mmul(PSv)),
      c: 1 + dot(column, v),
      vv: dot(v, v),
      vSv: dot(v, Sv),
      vSPv: dot(Sv, Pv),
    };
  }

  /** Total over all atoms now: tr(S P), less the bias term lambda tr(S P P) of Eq. 8. */
  constants(bias: 0 | 1): ScoreConstants {
    const D = this.P.rows;
    let traceSP = 0;
    let traceSPP = 0; // of P S P, which is the same
    for (let i = 0; i < D; i++) {
      traceSPP += this.flatPSP[i * D + i]!;
      for (let j = 0; j < D; j++) traceSP += this.#S.get(i, j) * this.flatP[i * D + j]!;
    }
    return { total: traceSP - bias * this.#lambda * traceSPP, lambda: this.#lambda, bias };
  }

  #derive(): void {
    const D = this.#S.rows;
    this.flatP = this.#root.inverse();
    this.P = Matrix.from1DArray(D, D, this.flatP);
    this.flatPSP = toArray(symmetrised(this.P.mmul(this.#S).mmul(this.P)));
  }
}

function symmetrised(matrix: Matrix): Matrix {
  return Matrix.add(matrix, matrix.transpose()).mul(0.5);
}

function toArray(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}

function dot(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let k = 0; k < a.rows; k++) sum += a.get(k, 0) * b.get(k, 0);
  return sum;
}

/** The state drifts; it is computed anew before these picks (counted from 0) and then every 16 (METHOD section 3). */
function needsRefresh(pick: number, D: number): boolean {
  return pick === 4 || pick === 8 || pick === D || (pick >= 16 && pick % 16 === 0);
}

/**
 * Greedy selection (Eqs. 9-10): each pick leaves the smallest total over all atoms. Incremental scores screen, the
 * best of every chunk are scored again in closed form, and the best of those is taken; ties go to the lower row.
 */
export async function selectGreedily(input: SelectionInput, bias: 0 | 1): Promise<Selection> {
  const state = makeGreedyState(input.features, input.candidates, input.chunks, input.memory);
  try {
    return await pickAll(input, state, bias);
  } finally {
    releaseGreedyState(state, input.memory);
  }
}

async function pickAll(input: SelectionInput, state: GreedyState, bias: 0 | 1): Promise<Selection> {
  const { features, control, dispatch, lambda } = input;
  const D = featureCount(features);
  await dispatch(state, { kind: 'moments' });
  const root = new SquareRoot(D, lambda);
  const x = new Float64Array(D);
  for (const row of new Set(input.given)) {
    copyFeatures(features, row, x);
    root.add(x);
    state.open[row] = 0;
  }
  let candidates = state.open.reduce((sum, flag) => sum + flag, 0);
  if (candidates === 0)
    throw badParameter('No atom may be picked: every candidate is excluded, given or in the test set');
  const count = Math.min(input.count, candidates);
  const model = new Model(sumOfMoments(state, D), root, lambda);

  const rows: number[] = [];
  const totals: number[] = [];
  const relativeGaps: number[] = [];
  let change: RankOneChange | null = null;
  control.begin('selecting', count);
  for (let pick = 0; pick < count; pick++) {
    const score = model.constants(bias);
    await dispatch(
      state,
      change === null || needsRefresh(pick, D)
        ? { kind: 'refresh', P: model.flatP, PSP: model.flatPSP, score }
        : { kind: 'update', change, score },
    );
    const { row, best, second } = bestOf(state, model, score);
    rows.push(row);
    totals.push(best);
    relativeGaps.push((second - best) / Math.abs(best));
    state.open[row] = 0;
    candidates--;
    copyFeatures(features, row, x);
    change = model.changeBy(x);
    model.add(x);
    control.advance(1);
  }
  return {
    rows: Uint32Array.from(rows),
    totals: Float64Array.from(totals),
    relativeGaps: Float64Array.from(relativeGaps),
  };
}

/** Score the screened rows of all chunks in closed form and take the best. */
function bestOf(state: GreedyState, model: Model, score: ScoreConstants) {
  const D = featureCount(state.features);
  const x = new Float64Array(D);
  let row = -1;
  let best = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  state.bestCounts.forEach((count, chunk) => {
    for (let k = 0; k < count; k++) {
      const candidate = state.bestRows[chunk * SCREENED_PER_CHUNK + k]!;
      copyFeatures(state.features, candidate, x);
      const { p, q, r, t } = quadraticForms(x, model.flatP, model.flatPSP);
      const value = scoreOf(score, p, q, r, t);
      if (value < best || (value === best && candidate < row)) {
        second = best;
        best = value;
        row = candidate;
      } else if (value < second) {
        second = value;
      }
    }
  });
  if (row < 0) throw new Error('the screen left no candidate although there are some');
  return { row, best, second };
}

/** S: the chunks' sums added in the order of the chunks, mirrored to the upper triangle. */
function sumOfMoments(state: GreedyState, D: number): Matrix {
  const S = Matrix.zeros(D, D);
  const chunks = state.moments.length / (D * D);
  for (let i = 0; i < D; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let chunk = 0; chunk < chunks; chunk++) sum += state.moments[chunk * D * D + i * D + j]!;
      S.set(i, j, sum);
      S.set(j, i, sum);
    }
  }
  return S;
}
