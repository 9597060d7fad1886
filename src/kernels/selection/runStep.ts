import { makeKernelSteps } from './greedyKernel.ts';
import { type GreedyState, type GreedyStep, rowsOfChunk, SCREENED_PER_CHUNK } from './greedyState.ts';
import { type GreedySteps, makeReferenceSteps } from './greedySteps.ts';

/** A multiple of `PANEL`; 10 ms of the slowest step in TypeScript. Between two blocks a cancel is noticed. */
const ROWS_PER_BLOCK = 2048;

export function makeSteps(state: GreedyState): GreedySteps {
  return state.kernel ? makeKernelSteps(state, state.kernel) : makeReferenceSteps(state);
}

/** One step over one chunk; yields after every block. */
export function* runStep(
  steps: GreedySteps,
  state: GreedyState,
  step: GreedyStep,
  chunk: number,
  chunks: number,
): Generator<void> {
  const [start, end] = rowsOfChunk(state.features.count, chunk, chunks);
  state.bestCounts[chunk] = 0;
  state.bestScores.fill(Number.POSITIVE_INFINITY, chunk * SCREENED_PER_CHUNK, (chunk + 1) * SCREENED_PER_CHUNK);
  for (let from = start; from < end; from += ROWS_PER_BLOCK) {
    steps[step](chunk, from, Math.min(from + ROWS_PER_BLOCK, end));
    yield;
  }
  if (step !== 'moments') steps.rescore(chunk);
}
