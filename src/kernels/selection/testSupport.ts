import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { Features } from '#data/features.ts';
import { seededDraw } from '../random/random.ts';
import type { SelectionInput } from './criterion.ts';
import {
  addMoments,
  type GreedyState,
  type GreedyStep,
  refreshRange,
  screenRange,
  updateRange,
} from './greedySteps.ts';

/** Scores whose spread falls over two decades, as principal components do. */
export function makeFeatures(count: number, width: number, intercept: boolean, seed = 1): Features {
  const draw = seededDraw(seed, 'features of a test');
  const array = Float64Array.from({ length: count * width }, (_, k) => {
    const spread = 10 ** ((-2 * (k % width)) / Math.max(1, width - 1));
    return spread * (draw(2 ** 24) / 2 ** 23 - 1);
  });
  return { array, count, width, intercept };
}

/** One step over all chunks, in the order given, each in blocks: what a pool of threads does. */
export function runStep(state: GreedyState, step: GreedyStep, chunks: number, order: readonly number[]): void {
  const { count } = state.features;
  for (const chunk of order) {
    const end = Math.floor((count * (chunk + 1)) / chunks);
    if (step.kind !== 'moments') state.bestCounts[chunk] = 0;
    for (let from = Math.floor((count * chunk) / chunks); from < end; from += 50) {
      const to = Math.min(from + 50, end);
      if (step.kind === 'moments') addMoments(state, chunk, from, to);
      if (step.kind === 'refresh') refreshRange(state, step.P, step.PSP, from, to);
      if (step.kind === 'update') updateRange(state, step.change, from, to);
      if (step.kind !== 'moments') screenRange(state, step.score, chunk, from, to);
    }
  }
}

/** What a criterion is given, with every atom a candidate, BCC every other one, unless `change` says otherwise. */
export function makeInput(features: Features, change: Partial<SelectionInput> = {}): SelectionInput {
  const chunks = change.chunks ?? 1;
  const order = [...Array(chunks).keys()];
  return {
    features,
    structureType: Uint8Array.from({ length: features.count }, (_, row) => (row % 2 === 0 ? 3 : 0)),
    candidates: new Uint8Array(features.count).fill(1),
    given: new Uint32Array(0),
    count: 20,
    lambda: 1e-6,
    draw: seededDraw(1, 'test'),
    memory: new MemoryLedger({ shared: false }),
    control: new Control(),
    dispatch: async (state, step) => runStep(state, step, chunks, order),
    chunks,
    ...change,
  };
}
