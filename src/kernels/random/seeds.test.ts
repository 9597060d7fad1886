import { expect, test } from 'vitest';
import { seededDraw } from './random.ts';

const BINS = 20;
/** Chi squared with 19 degrees of freedom exceeds this once in 1,000. */
const LIMIT = 43.8;

/** Pearson's chi squared of draws from 0 ... BINS - 1 against a uniform distribution. */
function chiSquared(drawn: readonly number[]): number {
  const counts = new Float64Array(BINS);
  for (const value of drawn) counts[value]! += 1;
  const expected = drawn.length / BINS;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

// A generator filled with the bare seed gives neighbouring seeds neighbouring first draws.
test.each(['test set', 'random1', 'random2', 'random'])(
  'neighbouring seeds of "%s" have nothing in common',
  (purpose) => {
    const firstTwo = Array.from({ length: 2000 }, (_, seed) => {
      const draw = seededDraw(seed, purpose);
      return [draw(BINS), draw(BINS)] as const;
    });
    const differences = firstTwo.slice(1).map(([first], k) => (first - firstTwo[k]![0] + BINS) % BINS);
    const worst = Math.max(
      chiSquared(firstTwo.map(([first]) => first)),
      chiSquared(firstTwo.map(([, second]) => second)),
      chiSquared(firstTwo.map(([first, second]) => (second - first + BINS) % BINS)),
      chiSquared(differences),
    );
    console.info(`${purpose}: largest chi squared of four, 19 degrees of freedom: ${worst.toFixed(1)}`);
    expect(worst).toBeLessThan(LIMIT);
  },
);
