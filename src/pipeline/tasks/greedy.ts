import type { GreedyState, GreedyStep } from '#kernels/selection/greedyState.ts';
import { makeSteps, runStep } from '#kernels/selection/runStep.ts';
import type { Task } from './task.ts';

export interface GreedyInput {
  readonly state: GreedyState;
  readonly step: GreedyStep;
}

/** One step of a greedy selection. Progress is counted in picks by the driver, so blocks report nothing. */
export const greedyTask: Task<GreedyInput> = {
  prepare: ({ state, step }) => {
    const steps = makeSteps(state);
    return function* (chunk, chunks) {
      for (const _ of runStep(steps, state, step, chunk, chunks)) yield 0;
    };
  },
};
