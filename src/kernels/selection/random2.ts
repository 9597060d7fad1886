import { BCC } from '#chem/structureTypes.ts';
import { sample } from '../random/random.ts';
import type { Criterion } from './criterion.ts';
import { candidateRows, randomSelection } from './randomly.ts';

/** The paper takes 10 of 150 from BCC; other counts keep that part. */
const BCC_PART = 10 / 150;

/** Random 2 of the paper (section III B): 10 BCC atoms and 140 others, in random order. */
export const random2: Criterion = {
  name: 'random2',
  title: 'Random 2 (10 BCC + 140 non-BCC)',
  label: 'Random 2',
  random: true,
  async select(input) {
    const { structureType, count, draw } = input;
    const ofBcc = Math.round(count * BCC_PART);
    const bcc = sample(
      candidateRows(input, (row) => structureType[row] === BCC),
      ofBcc,
      draw,
    );
    const others = sample(
      candidateRows(input, (row) => structureType[row] !== BCC),
      count - ofBcc,
      draw,
    );
    return randomSelection(sample([...bcc, ...others], count, draw));
  },
};
