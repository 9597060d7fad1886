import { expect, it } from 'vitest';
import { fuzzyScore, ranked } from './fuzzy.ts';

const same = (text: string) => text;

it('finds letters in their order, and only so', () => {
  expect(fuzzyScore('pe', 'Predicted energy')).not.toBeNull();
  expect(fuzzyScore('ep', 'Slice')).toBeNull();
  expect(fuzzyScore('slicex', 'Slice')).toBeNull();
});

it('puts whole words before beginnings of words before scattered letters', () => {
  const items = ['Display legends', 'Show plot: PCA', 'Light theme', 'Slice', 'Place'];
  expect(ranked('pl', items, same)[0]).toBe('Place');
  expect(ranked('sli', items, same)).toEqual(['Slice']);
  expect(ranked('lt', items, same)[0]).toBe('Light theme');
});

it('leaves everything in order where nothing is typed, and equals always', () => {
  expect(ranked(' ', ['b', 'a'], same)).toEqual(['b', 'a']);
  expect(ranked('look', ['Look along x', 'Look along y', 'Look along z'], same)).toEqual([
    'Look along x',
    'Look along y',
    'Look along z',
  ]);
});
