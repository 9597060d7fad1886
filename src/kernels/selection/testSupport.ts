import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { Features } from '#data/features.ts';
import { seededDraw } from '../random/random.ts';
import type { SelectionInput } from './criterion.ts';
import { makeSteps, runStep } from './runStep.ts';

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
      const steps = makeSteps(state);
      for (let chunk = 0; chunk < chunks; chunk++) for (const _ of runStep(steps, state, step, chunk, chunks));
    },
    chunks,
    ...change,
  };
}
