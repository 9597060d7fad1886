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

/** A selection of 10 atoms among all; every greedy step runs here, chunk by chunk. */
export function makeInput(features: Features, change: Partial<SelectionInput> = {}): SelectionInput {
  const chunks = change.chunks ?? 3;
  return {
    features,
    structureType: new Uint8Array(features.count),
    candidates: new Uint8Array(features.count).fill(1),
    given: new Uint32Array(0),
    count: 10,
    lambda: 1e-5,
    draw: seededDraw(1, 'selection'),
    memory: new MemoryLedger(),
    control: new Control(),
    dispatch: async (state, step) => {
      for (let chunk = 0; chunk < chunks; chunk++) {
        const start = (k: number) => Math.floor((features.count * k) / chunks);
        runStep(state, step, chunk, start(chunk), start(chunk + 1));
      }
    },
    chunks,
    ...change,
  };
}

function runStep(state: GreedyState, step: GreedyStep, chunk: number, from: number, to: number): void {
  if (step.kind === 'moments') {
    addMoments(state, chunk, from, to);
    return;
  }
  if (step.kind === 'refresh') refreshRange(state, step.P, step.PSP, from, to);
  else updateRange(state, step.change, from, to);
  state.bestCounts[chunk] = 0;
  screenRange(state, step.score, chunk, from, to);
}
