import {
  addMoments,
  type GreedyState,
  type GreedyStep,
  refreshRange,
  screenRange,
  updateRange,
} from '#kernels/selection/greedySteps.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface GreedyInput {
  readonly state: GreedyState;
  readonly step: GreedyStep;
}

const ATOMS_PER_BLOCK = 2048;

/** One step of a greedy selection. Progress is counted in picks by the driver, so blocks report nothing. */
export const greedyTask: Task<GreedyInput> = {
  prepare: ({ state, step }) =>
    function* (chunk, chunks) {
      const { count } = state.features;
      const range = blocks(chunkStart(count, chunk, chunks), chunkStart(count, chunk + 1, chunks), ATOMS_PER_BLOCK);
      if (step.kind !== 'moments') {
        state.bestCounts[chunk] = 0;
      }
      for (const [from, to] of range) {
        if (step.kind === 'moments') addMoments(state, chunk, from, to);
        if (step.kind === 'refresh') refreshRange(state, step.P, step.PSP, from, to);
        if (step.kind === 'update') updateRange(state, step.change, from, to);
        if (step.kind !== 'moments') screenRange(state, step.score, chunk, from, to);
        yield 0;
      }
    },
};
