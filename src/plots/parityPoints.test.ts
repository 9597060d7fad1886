import { expect, test } from 'vitest';
import { compare, drawnRows, PARITY_LIMIT } from './parityPoints.ts';

test('RMSE and max |error| by hand, over rows with both energies', () => {
  const predicted = Float64Array.of(1, 2, 3, Number.NaN, 5);
  const reference = Float64Array.of(1, 2.3, 2.6, 4, Number.NaN);
  const all = compare(predicted, reference, null);
  expect([...all.rows]).toEqual([0, 1, 2]);
  expect(all.rmse).toBeCloseTo(Math.sqrt((0.09 + 0.16) / 3), 12);
  expect(all.maxAbsError).toBeCloseTo(0.4, 12);
  const some = compare(predicted, reference, [4, 1]);
  expect([...some.rows]).toEqual([1]);
  expect(some.missing).toBe(1);
  const none = compare(predicted, reference, [3]);
  expect([none.rows.length, none.rmse, none.maxAbsError]).toEqual([0, Number.NaN, Number.NaN]);
});

test('a sample keeps the largest errors and both ends and fills the limit', () => {
  const n = 20_000;
  const ids = Uint32Array.from({ length: n }, (_, k) => k + 1);
  const reference = Float64Array.from({ length: n }, (_, k) => Math.sin(k));
  const error = Float64Array.from({ length: n }, (_, k) => 0.01 * Math.cos(1.7 * k));
  reference[777] = 9;
  reference[778] = -9;
  error[12_345] = -0.5;
  error[54] = 0.4;
  const predicted = reference.map((value, k) => value + error[k]!);
  const training = new Set([54, 100, 101]);
  const others = compare(predicted, reference, null).rows.filter((row) => !training.has(row));
  const drawn = drawnRows(others, predicted, reference, ids);
  expect(drawn.length).toBe(PARITY_LIMIT);
  expect(new Set(drawn).size).toBe(PARITY_LIMIT);
  expect([777, 778, 12_345].every((row) => drawn.includes(row))).toBe(true);
  const worst = [...ids.keys()]
    .filter((row) => !training.has(row))
    .sort((a, b) => Math.abs(error[b]!) - Math.abs(error[a]!));
  expect(worst.slice(0, 90).every((row) => drawn.includes(row))).toBe(true);
});
