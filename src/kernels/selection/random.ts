import { sample } from '../random/random.ts';
import type { Criterion } from './criterion.ts';
import { candidateRows, randomSelection } from './randomly.ts';

/** Uniformly among all atoms. */
export const random: Criterion = {
  name: 'random',
  title: 'Random (all atoms)',
  label: 'Random',
  random: true,
  select: async (input) =>
    randomSelection(
      sample(
        candidateRows(input, () => true),
        input.count,
        input.draw,
      ),
    ),
};
