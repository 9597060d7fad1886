import { BCC } from '#chem/structureTypes.ts';
import { sample } from '../random/random.ts';
import type { Criterion } from './criterion.ts';
import { candidateRows, randomSelection } from './randomly.ts';

/** Random 1 of the paper (section III B): uniformly among all atoms that are not BCC. */
export const random1: Criterion = {
  name: 'random1',
  title: 'Random 1 (non-BCC)',
  label: 'Random 1',
  random: true,
  async select(input) {
    const nonBcc = candidateRows(input, (row) => input.structureType[row] !== BCC);
    return randomSelection(sample(nonBcc, input.count, input.draw));
  },
};
