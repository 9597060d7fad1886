import { expect, test } from 'vitest';
import { findOutliers } from './outliers.ts';

/** Quantiles of a distribution that looks normal enough: no value of it is far out. */
const plain = Float64Array.from({ length: 60 }, (_, k) => 0.01 * Math.atanh((k - 29.5) / 30.5));

test('what belongs to its distribution is no outlier', () => {
  expect(findOutliers(plain)).toEqual([]);
});

test('one wrong value among good ones is found, whatever the zero of all', () => {
  const wrong = plain.map((value) => value + 3);
  wrong[17]! -= 0.4;
  wrong[40]! += 0.9;
  expect(findOutliers(wrong).map(({ index }) => index)).toEqual([40, 17]);
  expect(findOutliers(wrong)[0]!.deviations).toBeGreaterThan(50);
});

test.each([
  ['few values', Float64Array.of(0, 0.1, 100)],
  ['values that are all the same', new Float64Array(30)],
])('%s tell nothing', (_, residuals) => {
  expect(findOutliers(residuals)).toEqual([]);
});
