import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEnd } from '#tests/toEnd.ts';
import { rowsByType, sampleRows } from './sample.ts';

const range = (count: number) => Uint32Array.from({ length: count }, (_, k) => k);

describe('sample of rows', () => {
  test('is exactly as many distinct rows of those given, ascending', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(100_000), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 1, max: 500 }),
        (list, limit) => {
          const rows = Uint32Array.from(list).sort();
          const sample = sampleRows(rows, range(100_001), limit);
          expect(sample.length).toBe(Math.min(limit, rows.length));
          const given = new Set(rows);
          expect(sample.every((row, k) => given.has(row) && (k === 0 || row > sample[k - 1]!))).toBe(true);
        },
      ),
      { seed: 11, numRuns: 50 },
    );
  });

  test('has the same atoms whatever rows they stand in', () => {
    const ids = range(20_000).map((row) => 3 * row + 1);
    const reversed = ids.toReversed();
    const picked = (of: Uint32Array) =>
      Array.from(sampleRows(range(20_000), of, 1000), (row) => of[row]!).sort((a, b) => a - b);
    expect(picked(reversed)).toEqual(picked(ids));
  });

  test('keeps its atoms, but for those displaced, when others join', () => {
    const ids = range(20_000);
    const before = new Set(sampleRows(range(10_000), ids, 1000));
    const after = sampleRows(ids, ids, 1000).filter((row) => row < 10_000);
    expect(after.length).toBeGreaterThan(0);
    expect(after.every((row) => before.has(row))).toBe(true);
  });

  test('is even along the ids: each tenth has its share, and no phase of a period is missed', () => {
    const sample = sampleRows(range(100_000), range(100_000), 1000);
    const tenths = new Array<number>(10).fill(0);
    const phases = new Array<number>(8).fill(0);
    for (const row of sample) {
      tenths[Math.floor(row / 10_000)]!++;
      phases[row % 8]!++;
    }
    // Five standard deviations of a binomial.
    for (const count of tenths) expect(Math.abs(count - 100)).toBeLessThan(48);
    for (const count of phases) expect(Math.abs(count - 125)).toBeLessThan(53);
  });
});

test('rows go to their type, unknown codes to OTH', () => {
  expect(toEnd(rowsByType(Uint8Array.of(3, 0, 3, 9, 4))).map((rows) => [...rows])).toEqual([
    [1, 3],
    [],
    [],
    [0, 2],
    [4],
  ]);
});
