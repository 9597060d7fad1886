import { expect, test } from 'vitest';
import { medianOf, percentileOf } from './statistics.ts';

test('median of odd, even and no numbers', () => {
  const values = Float64Array.of(5, -1, 3);
  expect(medianOf(values)).toBe(3);
  expect([...values]).toEqual([5, -1, 3]);
  expect(medianOf([10, 1, 2, 3])).toBe(2.5);
  expect(medianOf([])).toBeNaN();
});

test("percentiles are those of numpy's linear interpolation", () => {
  // numpy.percentile([15, 20, 35, 40, 50], [0, 10, 40, 90, 100])
  const values = [50, 15, 40, 20, 35];
  expect([0, 0.1, 0.4, 0.9, 1].map((part) => percentileOf(values, part))).toEqual([15, 17, 29, 46, 50]);
  expect(percentileOf([7], 0.9)).toBe(7);
});
