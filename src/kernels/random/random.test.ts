import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sample, seededDraw } from './random.ts';

const firstOf = (seed: number, purpose: string, n: number) => seededDraw(seed, purpose)(n);

test('the same numbers for ever: those of an independent implementation in Python integers', () => {
  const drawn = (seed: number, purpose: string) => {
    const draw = seededDraw(seed, purpose);
    return [1_000_000, 1000, 10, 2, 1, 2 ** 32 - 1].map((n) => draw(n));
  };
  expect(drawn(1, 'test set')).toEqual([935786, 306, 9, 0, 0, 1436549422]);
  expect(drawn(2, 'test set')).toEqual([501105, 954, 9, 0, 0, 2966828194]);
  expect(drawn(1, 'random1')).toEqual([981936, 620, 5, 0, 0, 767365909]);
  const items = Array.from({ length: 100 }, (_, k) => 100 + k);
  expect([...sample(items, 10, seededDraw(7, 'shuffle'))]).toEqual([143, 130, 169, 156, 198, 137, 150, 199, 126, 176]);
});

/** Pearson's chi squared of draws from 0 ... bins - 1 against a uniform distribution. */
function chiSquared(drawn: number[], bins: number): number {
  const expected = drawn.length / bins;
  const counts = new Float64Array(bins);
  for (const value of drawn) counts[value]! += 1;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Chi squared with 19 degrees of freedom exceeds this once in 1,000. */
const CHI_SQUARED_19 = 43.8;

test.each(['test set', 'random1', 'random2', 'random'])(
  'neighbouring seeds of "%s" have nothing in common',
  (purpose) => {
    const seeds = Array.from({ length: 2000 }, (_, k) => k + 1);
    const first = seeds.map((seed) => firstOf(seed, purpose, 20));
    const second = seeds.map((seed) => {
      const draw = seededDraw(seed, purpose);
      draw(20);
      return draw(20);
    });
    // First draws of seed and seed + 1 from 20 values each, as one of 20 differences.
    const differences = first.slice(1).map((value, k) => (value - first[k]! + 20) % 20);
    const inRow = first.map((value, k) => (value - second[k]! + 20) % 20);
    const worst = Math.max(...[first, second, differences, inRow].map((drawn) => chiSquared(drawn, 20)));
    console.info(`${purpose}: largest chi squared of four, 19 degrees of freedom: ${worst.toFixed(1)}`);
    expect(worst).toBeLessThan(CHI_SQUARED_19);
  },
);

test('a stream is uniform, and purposes of one seed have streams of their own', () => {
  const draw = seededDraw(1, 'random1');
  const drawn = Array.from({ length: 20_000 }, () => draw(20));
  expect(chiSquared(drawn, 20)).toBeLessThan(CHI_SQUARED_19);
  const other = seededDraw(1, 'random2');
  const equal = drawn.filter((value) => value === other(20)).length;
  // Binomial: 1,000 +- 31.
  expect(Math.abs(equal - 1000)).toBeLessThan(110);
});

test('a sample takes every item at most once, and all of them where there are no more', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(1000), { maxLength: 60 }),
      fc.nat(80),
      fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      (items, count, seed) => {
        const before = [...items];
        const taken = sample(items, count, seededDraw(seed, 'test'));
        expect(items).toEqual(before);
        expect(taken).toHaveLength(Math.min(count, items.length));
        expect(new Set(taken).size).toBe(taken.length);
        expect([...taken].every((item) => items.includes(item))).toBe(true);
        expect([...sample(items, count, seededDraw(seed, 'test'))]).toEqual([...taken]);
      },
    ),
    { seed: 1 },
  );
});

test('a sample of 2 of 5 takes each ordered pair as often', () => {
  const draw = seededDraw(3, 'pairs');
  const pairs = Array.from({ length: 20_000 }, () => {
    const [a, b] = sample([0, 1, 2, 3, 4], 2, draw);
    return a! * 4 + (b! > a! ? b! - 1 : b!);
  });
  expect(chiSquared(pairs, 20)).toBeLessThan(CHI_SQUARED_19);
});
