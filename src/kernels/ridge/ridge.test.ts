import { describe, expect, test } from 'vitest';
import { seededDraw } from '#kernels/random/random.ts';
import { dot, gram, invert, randomFeatures, times, vectorsOf } from '#tests/algebra.ts';
import { toEnd } from '#tests/toEnd.ts';
import { makeErrorMeter, makeReferenceErrorMeter } from './errors.ts';
import { curveSteps, weightsAlong } from './learningCurve.ts';
import { makePredictor, makeReferencePredictor } from './predict.ts';
import { predictAfter } from './predictAfter.ts';
import { chooseLambda, fitRidge } from './ridge.ts';
import { rootMeanSquare } from './statistics.ts';

const COUNT = 400;

/** Atoms, energies that a linear model nearly explains, and which of them train. */
function makeProblem({ width = 5, training = 60, noise = 0.02, intercept = true, seed = 1 } = {}) {
  const features = randomFeatures(seed, COUNT, width, { intercept });
  const vectors = vectorsOf(features);
  const draw = seededDraw(seed, 'noise');
  const truth = vectors[0]!.map((_, k) => Math.cos(3 * k) - 0.3);
  const label = Float64Array.from(vectors, (x) => dot(x, truth) + noise * (draw(2001) / 1000 - 1));
  const rows = Uint32Array.from({ length: training }, (_, k) => (k * 7) % COUNT);
  const y = Float64Array.from(rows, (row) => label[row]!);
  return { features, vectors, label, rows, y, D: vectors[0]!.length };
}

/** Weights by the normal equations, Eq. 6. */
function solve(vectors: readonly number[][], y: ArrayLike<number>, lambda: number): number[] {
  const D = vectors[0]!.length;
  const right = Array.from({ length: D }, (_, k) => vectors.reduce((sum, x, i) => sum + x[k]! * y[i]!, 0));
  return times(invert(gram(vectors, D, lambda)), right);
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs));
  const worst = Math.max(...Array.from(expected, (value, k) => Math.abs(found[k]! - value))) / scale;
  expect(worst).toBeLessThan(tolerance);
}

test('energies after some atoms are those of the model that is fitted to them', () => {
  for (const intercept of [true, false]) {
    const { features, rows, label, y } = makeProblem({ intercept });
    const { weights, P } = fitRidge(features, rows, y, 1e-6);
    const expected = {
      energy: new Float32Array(COUNT),
      sigma: new Float32Array(COUNT),
      sigmaRelative: new Float32Array(COUNT),
    };
    makeReferencePredictor(features, { weights, P, noiseVariance: 1 })(0, COUNT, expected);
    expectClose(toEnd(predictAfter(features, rows, label, 1e-6)), expected.energy, 1e-6);
  }
});

describe('fitRidge', () => {
  test.each([true, false])('weights and P are those of the normal equations (constant: %s)', (intercept) => {
    const { features, vectors, rows, y, D } = makeProblem({ intercept });
    expect(D).toBe(intercept ? 6 : 5);
    const X = Array.from(rows, (row) => vectors[row]!);
    for (const lambda of [1e-6, 1e-2, 3]) {
      const model = fitRidge(features, rows, y, lambda);
      expectClose(model.weights, solve(X, y, lambda), 1e-11);
      expectClose(model.P, invert(gram(X, D, lambda)).flat(), 1e-11);
      expect(model.lambda).toBe(lambda);
    }
  });

  test('leave-one-out residuals are those of leaving one out', () => {
    const { features, vectors, rows, y } = makeProblem({ training: 20 });
    for (const lambda of [1e-6, 0.5]) {
      const expected = Array.from(rows, (row, k) => {
        const others = [...rows].filter((_, other) => other !== k).map((other) => vectors[other]!);
        const weights = solve(
          others,
          [...y].filter((_, other) => other !== k),
          lambda,
        );
        return y[k]! - dot(weights, vectors[row]!);
      });
      expectClose(fitRidge(features, rows, y, lambda).leaveOneOut, expected, 1e-9);
    }
  });

  test('the noise is estimated from the residuals and the degrees of freedom', () => {
    const { features, vectors, rows, y, D } = makeProblem();
    const lambda = 0.7;
    const X = Array.from(rows, (row) => vectors[row]!);
    const weights = solve(X, y, lambda);
    const P = invert(gram(X, D, lambda));
    const residuals = X.map((x, k) => y[k]! - dot(weights, x));
    const freedom = rows.length - X.reduce((sum, x) => sum + dot(x, times(P, x)), 0);
    const model = fitRidge(features, rows, y, lambda);
    expectClose(model.residuals, residuals, 1e-11);
    expect(model.degreesOfFreedom).toBeCloseTo(freedom, 9);
    expect(model.noiseVariance).toBeCloseTo(dot(residuals, residuals) / freedom, 12);
  });

  test('the estimate finds the noise that was put in', () => {
    const { features, rows, y } = makeProblem({ training: 380, noise: 0.3 });
    // Uniform noise of half width 0.3 has the variance 0.03.
    expect(fitRidge(features, rows, y, 1e-6).noiseVariance).toBeCloseTo(0.03, 2);
  });

  test('with too few atoms there is no estimate of the noise, only NaN', () => {
    const at = (training: number) => {
      const { features, rows, y } = makeProblem({ training });
      return fitRidge(features, rows, y, 1e-6);
    };
    expect([at(1), at(6)].map((model) => model.noiseVariance)).toEqual([Number.NaN, Number.NaN]);
    // Seven atoms leave a little more than one degree of freedom beside six weights.
    expect(at(7).degreesOfFreedom).toBeGreaterThan(1);
    expect(at(7).noiseVariance).toBeGreaterThan(0);
  });

  test('the penalty with the least leave-one-out error is chosen', () => {
    const { features, rows, y } = makeProblem({ training: 12, noise: 1 });
    const chosen = chooseLambda(features, rows, y);
    const error = (lambda: number) => rootMeanSquare(fitRidge(features, rows, y, lambda).leaveOneOut);
    expect(chosen).toBeGreaterThan(1e-10);
    expect(chosen).toBeLessThan(1e2);
    for (const factor of [10 ** 0.5, 10, 1e3]) {
      expect(error(chosen)).toBeLessThanOrEqual(error(chosen * factor));
      expect(error(chosen)).toBeLessThanOrEqual(error(chosen / factor));
    }
    // Energies that are all zero are explained by every penalty: the smoothest model wins.
    expect(chooseLambda(features, rows, new Float64Array(12))).toBe(1e2);
  });
});

const emptyPrediction = () => ({
  energy: new Float32Array(COUNT),
  sigma: new Float32Array(COUNT),
  sigmaRelative: new Float32Array(COUNT),
});

describe.each([
  ['reference', makeReferencePredictor],
  ['WebAssembly', makePredictor],
])('predictor: %s', (_, make) => {
  test('energy is x.w and sigma is s sqrt(x.P x), for the range asked for', () => {
    const { features, vectors, rows, y, D } = makeProblem();
    const single = { ...features, array: Float32Array.from(features.array) };
    const lambda = 1e-4;
    const model = fitRidge(features, rows, y, lambda);
    const P = invert(
      gram(
        Array.from(rows, (row) => vectors[row]!),
        D,
        lambda,
      ),
    );
    const out = emptyPrediction();
    const predict = make(single, model);
    predict(30, 300, out);
    predict(300, COUNT, out);
    expect(out.energy.subarray(0, 30).every((value) => value === 0)).toBe(true);
    const some = vectorsOf(single).slice(30);
    expectClose(
      out.energy.subarray(30),
      some.map((x) => dot(model.weights, x)),
      1e-6,
    );
    const relative = some.map((x) => Math.sqrt(dot(x, times(P, x))));
    expectClose(out.sigmaRelative.subarray(30), relative, 1e-6);
    expectClose(
      out.sigma.subarray(30),
      relative.map((value) => Math.sqrt(model.noiseVariance) * value),
      1e-6,
    );
  });

  test('without an estimate of the noise sigma is NaN, and its relative form is not', () => {
    const { features, rows, y } = makeProblem({ training: 4 });
    const model = fitRidge(features, rows, y, 1e-4);
    const out = emptyPrediction();
    make(features, model)(0, COUNT, out);
    expect(out.sigma.every(Number.isNaN)).toBe(true);
    expect(out.sigmaRelative.every((value) => value > 0)).toBe(true);
  });
});

describe('error curves', () => {
  test('each point of weightsAlong is the fit to the atoms so far', () => {
    const { features, rows, label, y, D } = makeProblem();
    const steps = [1, 4, 10, 59, 60];
    const weights = weightsAlong(features, rows, label, steps, 1e-3);
    steps.forEach((step, k) => {
      const { weights: expected } = fitRidge(features, rows.subarray(0, step), y.subarray(0, step), 1e-3);
      expectClose(weights.subarray(k * D, (k + 1) * D), expected, 1e-10);
    });
  });

  test.each([
    [0, []],
    [1, [1]],
    [9, [9]],
    [10, [10]],
    [40, [10, 20, 30, 40]],
    [43, [10, 20, 30, 40, 43]],
  ])('%d atoms make points at %j', (count, steps) => {
    expect(curveSteps(count)).toEqual(steps);
  });

  test.each([
    ['reference', makeReferenceErrorMeter],
    ['WebAssembly', makeErrorMeter],
  ])('errors of several models are summed over rows with a label, and a drained meter starts again: %s', (_, make) => {
    const { features, vectors, label, D } = makeProblem();
    label[11] = Number.NaN;
    const weights = Float64Array.from({ length: 3 * D }, (__, k) => Math.sin(k));
    const meter = make(features, weights, { rows: Uint32Array.of(3, 11, 200, 7, 399, 50), label });
    const expectErrorsAt = (rows: number[]) => {
      const out = { squares: new Float64Array(3), largest: new Float64Array(3) };
      meter.drain(out);
      for (const model of [0, 1, 2]) {
        const own = weights.subarray(model * D, (model + 1) * D);
        const errors = rows.map((row) => Math.abs(dot(own, vectors[row]!) - label[row]!));
        expect(out.squares[model]).toBeCloseTo(dot(errors, errors), 10);
        expect(out.largest[model]).toBeCloseTo(Math.max(...errors), 10);
      }
    };
    meter.add(0, 3);
    meter.add(3, 5);
    expectErrorsAt([3, 200, 7, 399]);
    meter.add(4, 6);
    expectErrorsAt([399, 50]);
  });

  test('the root mean square is what it says', () => {
    expect(rootMeanSquare([3, -4])).toBeCloseTo(Math.sqrt(12.5), 15);
    expect(rootMeanSquare([])).toBeNaN();
  });
});

test.each([
  // Widths, ranges and numbers of models around whole panels and blocks.
  [1, true, 1, 64],
  [2, false, 4, 63],
  [5, true, 5, 129],
  [40, true, 31, 321],
])(
  'WebAssembly gives the bits of the reference: %d scores, constant %s, %d models, %d rows',
  (width, intercept, models, to) => {
    const { features, rows, y, label, D } = makeProblem({ width, intercept, training: 100 });
    const single = { ...features, array: Float32Array.from(features.array) };
    const model = fitRidge(single, rows, y, 1e-5);
    const [expected, found] = [emptyPrediction(), emptyPrediction()];
    makeReferencePredictor(single, model)(3, to, expected);
    makePredictor(single, model)(3, to, found);
    expect(found).toEqual(expected);

    label.fill(Number.NaN, 20, 25);
    const weights = Float64Array.from({ length: models * D }, (_, k) => Math.sin(k));
    const sums = [makeReferenceErrorMeter, makeErrorMeter].map((make) => {
      const meter = make(single, weights, { rows: Uint32Array.from(label.keys()).reverse(), label });
      meter.add(1, 30);
      meter.add(30, to);
      const out = { squares: new Float64Array(models), largest: new Float64Array(models) };
      meter.drain(out);
      return out;
    });
    expect(sums[1]).toEqual(sums[0]);
    expect(sums[0]!.squares.every((value) => value > 0)).toBe(true);
  },
);
