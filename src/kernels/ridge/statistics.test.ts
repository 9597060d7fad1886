import fc from 'fast-check';
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

test('percentiles are those of the sorted numbers, with ties too', () => {
  const numbers = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e3, max: 1e3 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(numbers, fc.nat(), (values, rank) => {
      const sorted = Float64Array.from(values).sort();
      const k = rank % values.length;
      const part = values.length === 1 ? 0.5 : k / (values.length - 1);
      expect(Math.abs(percentileOf(values, part) - sorted[k]!)).toBeLessThanOrEqual(1e-9);
      expect(medianOf(values)).toBeCloseTo((sorted[(values.length - 1) >> 1]! + sorted[values.length >> 1]!) / 2, 9);
    }),
    { seed: 1 },
  );
});
