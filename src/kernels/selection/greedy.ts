import { badParameter } from '#data/errors.ts';
import { copyFeatures, featureCount } from '#data/features.ts';
import type { Selection, SelectionInput } from './criterion.ts';
import { GreedyModel, type RankOneChange } from './greedyModel.ts';
import {
  type GreedyState,
  makeGreedyState,
  releaseGreedyState,
  SCREENED_PER_CHUNK,
  setChange,
  setModel,
  sumOfMoments,
} from './greedyState.ts';
import { SquareRoot } from './squareRoot.ts';

/** The state drifts; it is computed anew before these picks (counted from 0) and then every 16 (METHOD section 3). */
function needsRefresh(pick: number, D: number): boolean {
  return pick === 4 || pick === 8 || pick === D || (pick >= 16 && pick % 16 === 0);
}

/**
 * Greedy selection (Eqs. 9-10): each pick leaves the smallest total over all atoms. Incremental scores screen, the
 * best of every chunk are scored again in closed form, and the best of those is taken; ties go to the lower row.
 *
 * @param bias Weight of the bias in the total; see `ScoreConstants`.
 */
export async function selectGreedily(input: SelectionInput, bias: number): Promise<Selection> {
  const state = makeGreedyState(input.features, input.candidates, input.chunks, input.memory);
  try {
    return await pickAll(input, state, bias);
  } finally {
    releaseGreedyState(state, input.memory);
  }
}

async function pickAll(input: SelectionInput, state: GreedyState, bias: number): Promise<Selection> {
  const { features, control, dispatch, lambda } = input;
  const D = featureCount(features);
  await dispatch(state, 'moments');
  const root = new SquareRoot(D, lambda);
  const x = new Float64Array(D);
  for (const row of new Set(input.given)) {
    copyFeatures(features, row, x);
    root.add(x);
    state.open[row] = 0;
  }
  let candidates = 0;
  for (const flag of state.open) candidates += flag;
  if (candidates === 0)
    throw badParameter('No atom may be picked: every candidate is excluded, given or in the test set');
  const count = Math.min(input.count, candidates);
  const model = new GreedyModel(sumOfMoments(state), root);

  const rows = new Uint32Array(count);
  const totals = new Float64Array(count);
  const relativeGaps = new Float64Array(count);
  let change: RankOneChange | null = null;
  control.begin('selecting', count);
  for (let pick = 0; pick < count; pick++) {
    setModel(state, { P: model.P, PSP: model.PSP, total: model.total(bias), bias });
    if (change) setChange(state, change);
    await dispatch(state, change === null || needsRefresh(pick, D) ? 'refresh' : 'update');
    const { row, best, second } = bestOf(state);
    rows[pick] = row;
    totals[pick] = best;
    relativeGaps[pick] = (second - best) / Math.abs(best);
    state.open[row] = 0;
    copyFeatures(features, row, x);
    change = model.changeBy(x);
    model.add(x);
    control.advance(1);
  }
  return { rows, totals, relativeGaps };
}

/** The best of all chunks, whose screened rows are scored in closed form, and the second best score. */
function bestOf({ bestRows, bestScores, bestCounts }: GreedyState) {
  let row = -1;
  let best = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  bestCounts.forEach((count, chunk) => {
    for (let k = chunk * SCREENED_PER_CHUNK; k < chunk * SCREENED_PER_CHUNK + count; k++) {
      const value = bestScores[k]!;
      if (value < best || (value === best && bestRows[k]! < row)) {
        second = best;
        best = value;
        row = bestRows[k]!;
      } else if (value < second) {
        second = value;
      }
    }
  });
  if (row < 0) throw new Error('the screen left no candidate although there are some');
  return { row, best, second };
}
