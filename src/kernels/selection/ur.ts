import type { Criterion } from './criterion.ts';
import { selectGreedily } from './greedy.ts';

/** Uncertainty reduction (Eqs. 7-10): least total prediction variance over all atoms, without the bias of the ridge. */
export const ur: Criterion = {
  name: 'ur',
  title: 'Uncertainty reduction (UR)',
  label: 'UR',
  random: false,
  select: (input) => selectGreedily(input, input.lambda),
};
