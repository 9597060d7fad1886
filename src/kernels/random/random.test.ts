import { expect, test } from 'vitest';
import { sample, seededDraw } from './random.ts';

function stream(seed: number, purpose: string, length: number, n = 1_000_000): number[] {
  const draw = seededDraw(seed, purpose);
  return Array.from({ length }, () => draw(n));
}

// What a seed gives is part of the results that people publish: these numbers were drawn when the first version was
// made, and must never change.
test('the streams are the same for ever', () => {
  expect(stream(1, 'test set', 5)).toEqual([935786, 757306, 391799, 368460, 668750]);
  expect(stream(1, 'random1', 5)).toEqual([981936, 221620, 723695, 356502, 818944]);
  expect(stream(2147483647, 'random2', 5)).toEqual([550722, 899636, 376926, 558262, 949281]);
  expect([
    ...sample(
      Uint32Array.from({ length: 100 }, (_, k) => k),
      8,
      seededDraw(1, 'random'),
    ),
  ]).toEqual([80, 30, 72, 74, 18, 55, 75, 92]);
});

test('every seed and every purpose has numbers of its own', () => {
  const streams = [0, 1, 2, 3].flatMap((seed) =>
    ['test set', 'random', 'random1', 'random2'].map((purpose) => stream(seed, purpose, 4).join()),
  );
  expect(new Set(streams).size).toBe(streams.length);
});

test('one stream does not disturb another', () => {
  const alone = stream(7, 'random1', 3);
  const draw = seededDraw(7, 'random1');
  const other = seededDraw(7, 'test set');
  const beside = [0, 1, 2].map(() => {
    other(10);
    return draw(1_000_000);
  });
  expect(beside).toEqual(alone);
});

test('draws are uniform', () => {
  const counts = new Array<number>(7).fill(0);
  for (const value of stream(3, 'uniform', 70_000, 7)) counts[value]!++;
  // Six degrees of freedom: chi^2 above 22.5 comes once in a thousand seeds.
  const chi2 = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(counts).toHaveLength(7);
  expect(chi2).toBeLessThan(22.5);
});

test('a sample has each item at most once, all of them where too few, and leaves the items alone', () => {
  const items = [4, 8, 15, 16, 23, 42];
  const drawn = sample(items, 4, seededDraw(5, 'sample'));
  expect(new Set(drawn).size).toBe(4);
  expect([...drawn].every((item) => items.includes(item))).toBe(true);
  expect([...sample(items, 10, seededDraw(5, 'sample'))].sort((a, b) => a - b)).toEqual(items);
  expect(items).toEqual([4, 8, 15, 16, 23, 42]);
  expect(sample([], 3, seededDraw(5, 'sample'))).toHaveLength(0);
});

test('every item is as likely at every place of a sample', () => {
  const draw = seededDraw(11, 'places');
  const counts = Array.from({ length: 3 }, () => new Array<number>(5).fill(0));
  for (let k = 0; k < 20_000; k++) {
    for (const [place, item] of sample([0, 1, 2, 3, 4], 3, draw).entries()) counts[place]![item]!++;
  }
  // Mean 4,000, standard deviation 57.
  for (const count of counts.flat()) expect(Math.abs(count - 4000)).toBeLessThan(250);
});
