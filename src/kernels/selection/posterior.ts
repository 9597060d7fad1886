import type { Criterion } from './criterion.ts';
import { selectGreedily } from './greedy.ts';

/** Least total posterior variance, sum of x.P x: as UR, but counting the bias of the ridge as a Bayesian does. */
export const posterior: Criterion = {
  name: 'posterior',
  title: 'Posterior variance',
  label: 'Posterior',
  random: false,
  select: (input) => selectGreedily(input, 0),
};
