import { expect, test } from 'vitest';
import { buildSpline, splineValue, splineValueOnwards } from './spline.ts';

/** Between inner points the five-point slope is exact for polynomials up to the fourth degree, the cubic up to the third. */
test('a cubic comes back between points that are three or more from the ends', () => {
  const f = (x: number) => 2 - x + 0.5 * x ** 2 - 0.03 * x ** 3;
  const step = 0.4;
  const spline = buildSpline(
    Float64Array.from({ length: 12 }, (_, k) => f(k * step)),
    step,
  );
  for (let x = 2 * step; x <= 9 * step; x += 0.01) {
    expect(splineValue(spline, x)).toBeCloseTo(f(x), 12);
    expect(splineValueOnwards(spline, x)).toBeCloseTo(f(x), 12);
  }
});

test('the slopes at the ends are those of two and of three points', () => {
  const table = Float64Array.of(1, 4, 2, 7, 3, 5);
  const { coefficients } = buildSpline(table, 0.1);
  const slopes = [0, 1, 2, 3, 4, 5].map((k) => coefficients[4 * k + 1]!);
  const inner = (k: number) => (table[k - 2]! - table[k + 2]! + 8 * (table[k + 1]! - table[k - 1]!)) / 12;
  expect(slopes).toEqual([3, 0.5, inner(2), inner(3), -1, 2]);
});

test('it goes through every entry of the table', () => {
  const table = Float64Array.of(1, 4, 2, 7, 3, 5);
  const spline = buildSpline(table, 0.5);
  table.forEach((value, k) => {
    expect(splineValue(spline, 0.5 * k)).toBeCloseTo(value, 14);
  });
});

test('beyond the table: the last value, or on along the last slope; below 0 the first cubic', () => {
  const spline = buildSpline(Float64Array.of(0, 1, 4, 9, 16, 25), 0.5);
  expect(splineValue(spline, 2.5)).toBe(25);
  expect(splineValue(spline, 99)).toBe(25);
  // The last slope is 9 a step, and a step is 0.5.
  expect(splineValueOnwards(spline, 4.5)).toBe(25 + 9 * 4);
  const [a, b, c, d] = spline.coefficients;
  expect(splineValueOnwards(spline, -0.25)).toBeCloseTo(a! - 0.5 * b! + 0.25 * c! - 0.125 * d!, 14);
});
