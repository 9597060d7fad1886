import { describe, expect, test } from 'vitest';
import { Refusal } from '#data/errors.ts';
import { dot, gram, invert, randomFeatures, times, vectorsOf } from '#tests/algebra.ts';
import { weightsAlong } from './learningCurve.ts';
import { chooseLambda, fitRidge } from './ridge.ts';
import { rootMeanSquare } from './statistics.ts';

/** Error at each atom of a fit to the others. */
function refitted(X: readonly number[][], y: Float64Array, weights: (rows: number[]) => Float64Array): number[] {
  const rows = [...X.keys()];
  return rows.map((left) => y[left]! - dot(weights(rows.filter((row) => row !== left)), X[left]!));
}

const worst = (found: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, k) => Math.abs(found[k]! - value))) / Math.max(...expected.map(Math.abs));

describe.each([true, false])('leave-one-out (constant: %s)', (intercept) => {
  const features = randomFeatures(1, 60, 8, { intercept });
  const all = vectorsOf(features);
  const label = Float64Array.from(all, (x, row) => dot(x, x) + 0.1 * Math.sin(row));
  const first = (n: number) => Array.from({ length: n }, (_, row) => row);

  // Where n < D and lambda is small, 1 - h_ii is of order lambda, and 1 - x.P x rounding.
  test.each([
    [60, 1e-2],
    [60, 1e-10],
    [9, 1e-6],
    [5, 1e-2],
    [5, 1e-6],
    [5, 1e-10],
  ])('of %i atoms at lambda %s is that of refits', (n, lambda) => {
    const y = label.slice(0, n);
    const fit = (rows: number[]) =>
      fitRidge(
        features,
        rows,
        Float64Array.from(rows, (row) => label[row]!),
        lambda,
      ).weights;
    const deviation = worst(fitRidge(features, first(n), y, lambda).leaveOneOut, refitted(all.slice(0, n), y, fit));
    console.info(`n ${n}, lambda ${lambda}, constant ${intercept}: ${deviation}`);
    expect(deviation).toBeLessThan(1e-5);
  });

  test('lambda is the best of the grid by refits with inverted matrices', () => {
    const n = 20;
    const grid = Array.from({ length: 12 }, (_, k) => k - 10).flatMap((k) => [Number(`1e${k}`), Number(`3e${k}`)]);
    const X = all.slice(0, n);
    const y = label.slice(0, n);
    const D = X[0]!.length;
    const errors = [...grid, 100].map((lambda) => {
      const fit = (rows: number[]) => {
        const Xty = first(D).map((k) => rows.reduce((sum, row) => sum + X[row]![k]! * y[row]!, 0));
        const own = rows.map((row) => X[row]!);
        return Float64Array.from(times(invert(gram(own, D, lambda)), Xty));
      };
      return rootMeanSquare(refitted(X, y, fit));
    });
    const best = [...grid, 100][errors.indexOf(Math.min(...errors))];
    expect(chooseLambda(features, first(n), y)).toBe(best);
  });

  test('the same atom several times leaves nothing undefined', () => {
    const rows = [3, 3, 8, 8, 8];
    const y = Float64Array.from(rows, (row) => label[row]!);
    const model = fitRidge(features, rows, y, 1e-9);
    // Two directions are determined.
    expect(model.degreesOfFreedom).toBeCloseTo(3, 6);
    expect(model.leaveOneOut.every(Number.isFinite)).toBe(true);
  });
});

test('a lambda that rounding swallows is refused', () => {
  const features = { array: new Float64Array(4).fill(1e9), count: 2, width: 2, intercept: false };
  const y = Float64Array.of(1, 2);
  const fit = () => fitRidge(features, [0, 1], y, 1e-12);
  expect(fit).toThrow(Refusal);
  expect(fit).toThrow(/^lambda 1e-12 is too small for these features.*2\.0e\+18/);
  expect(() => weightsAlong(features, Uint32Array.of(0, 1), y, [2], 1e-12)).toThrow(Refusal);
});
