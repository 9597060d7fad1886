import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { Refusal } from '#data/errors.ts';
import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { type GreedyState, quadraticForms, scoreOf } from './greedySteps.ts';
import { posterior } from './posterior.ts';
import { SquareRoot } from './squareRoot.ts';
import { makeFeatures, makeInput, runStep } from './testSupport.ts';
import { ur } from './ur.ts';

type Bias = 0 | 1;
const criterionOf = (bias: Bias) => (bias === 1 ? ur : posterior);

function vectorOf(features: Features, row: number): Float64Array {
  const x = new Float64Array(featureCount(features));
  copyFeatures(features, row, x);
  return x;
}

function matrixOf(features: Features, rows: Iterable<number>): Matrix {
  return new Matrix(Array.from(rows, (row) => vectorOf(features, row)));
}

/**
 * Eqs. 8 and 10 as written, atom by atom: sum over j of |X P x_j|^2 (since X^T X = M - lambda I), or of x_j.P x_j for the
 * posterior variance, with the rows `chosen` in X.
 */
function bruteForce(features: Features, chosen: readonly number[], lambda: number, bias: Bias): number {
  const X = matrixOf(features, chosen);
  const P = inverse(X.transpose().mmul(X).add(Matrix.eye(X.columns).mul(lambda)));
  const all = matrixOf(features, Array(features.count).keys());
  const projected = bias === 1 ? X.mmul(P).mmul(all.transpose()) : null;
  if (projected) return Matrix.mul(projected, projected).sum();
  return Matrix.mul(all.mmul(P), all).sum();
}

/** Greedy selection that tries every candidate at every pick. */
function bruteForceSelection(
  features: Features,
  options: { count: number; lambda: number; bias: Bias; given?: number[]; barred?: number[] },
) {
  const { count, lambda, bias, given = [], barred = [] } = options;
  const picked: number[] = [];
  const totals: number[] = [];
  const gaps: number[] = [];
  for (let pick = 0; pick < count; pick++) {
    const chosen = [...given, ...picked];
    const open = [...Array(features.count).keys()].filter((row) => !chosen.includes(row) && !barred.includes(row));
    const scores = open.map((row) => bruteForce(features, [...chosen, row], lambda, bias));
    const [best, second] = [...scores].sort((a, b) => a - b) as [number, number];
    picked.push(open[scores.indexOf(best)]!);
    totals.push(best);
    gaps.push((second - best) / best);
  }
  return { picked, totals, gaps };
}

function secondMoment(features: Features): Matrix {
  const all = matrixOf(features, Array(features.count).keys());
  return all.transpose().mmul(all);
}

/** P, P S P and the constants of the score, by the definitions. */
function closedForm(features: Features, chosen: readonly number[], lambda: number, bias: Bias) {
  const root = new SquareRoot(featureCount(features), lambda);
  for (const row of chosen) root.add(vectorOf(features, row));
  const flatP = root.inverse();
  const D = featureCount(features);
  const P = Matrix.from1DArray(D, D, flatP);
  const S = secondMoment(features);
  const SP = S.mmul(P);
  const total = SP.trace() - bias * lambda * SP.mmul(P).trace();
  return { P: flatP, PSP: Float64Array.from(P.mmul(SP).to1DArray()), score: { total, lambda, bias } };
}

function closedFormScores(features: Features, chosen: readonly number[], lambda: number, bias: Bias): number[] {
  const { P, PSP, score } = closedForm(features, chosen, lambda, bias);
  return Array.from({ length: features.count }, (_, row) => {
    const { p, q, r, t } = quadraticForms(vectorOf(features, row), P, PSP);
    return scoreOf(score, p, q, r, t);
  });
}

function worst(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...Array.from(found, (value, k) => Math.abs(value / expected[k]! - 1)));
}

describe.each([{ bias: 1 as Bias }, { bias: 0 as Bias }])('bias $bias', ({ bias }) => {
  test.each([true, false])('the closed form is the sum over all atoms of Eq. 10 (constant: %s)', (intercept) => {
    const features = makeFeatures(300, 7, intercept);
    const chosen = [3, 77, 12, 250, 100, 31, 8, 9, 181, 299, 64, 65];
    const expected = (lambda: number) =>
      Array.from({ length: 300 }, (_, row) => bruteForce(features, [...chosen, row], lambda, bias));
    const deviation = worst(closedFormScores(features, chosen, 1e-2, bias), expected(1e-2));
    console.info(`closed form against brute force, lambda 1e-2: ${deviation}`);
    expect(deviation).toBeLessThan(1e-12);
    for (const lambda of [1e-5, 1e-8]) {
      const found = closedFormScores(features, chosen, lambda, bias);
      const sums = expected(lambda);
      expect(found.indexOf(Math.min(...found))).toBe(sums.indexOf(Math.min(...sums)));
    }
  });

  test.each([
    { lambda: 1e-2, given: [], barred: [] },
    { lambda: 1e-6, given: [], barred: [] },
    { lambda: 1e-6, given: [5, 17, 80], barred: [0, 1, 2, 3, 40, 41, 42, 43] },
  ])('picks and totals are those of trying every candidate: %o', async ({ lambda, given, barred }) => {
    const features = makeFeatures(90, 6, true);
    const count = 20;
    const expected = bruteForceSelection(features, { count, lambda, bias, given, barred });
    const candidates = new Uint8Array(90).fill(1);
    for (const row of barred) candidates[row] = 0;
    const input = makeInput(features, { lambda, count, candidates, given: Uint32Array.from(given) });
    const found = await criterionOf(bias).select(input);
    expect([...found.rows]).toEqual(expected.picked);
    expect(worst(found.totals, expected.totals)).toBeLessThan(1e-7);
    // Those after as many picks as features, where nothing is of order 1 / lambda any more.
    expect(worst(found.totals.subarray(7), expected.totals.slice(7))).toBeLessThan(1e-11);
    expect(worst(found.relativeGaps.subarray(7), expected.gaps.slice(7))).toBeLessThan(1e-6);
  });

  test.each([1, 3, 16])('%i chunks in any order: the same picks, and bit for bit the same totals', async (chunks) => {
    const features = makeFeatures(500, 9, true, 2);
    const select = (order: number[]) =>
      criterionOf(bias).select(
        makeInput(features, {
          chunks,
          count: 60,
          dispatch: async (state, step) => runStep(state, step, chunks, order),
        }),
      );
    const forwards = [...Array(chunks).keys()];
    const found = await select(forwards);
    expect(await select([...forwards].reverse())).toEqual(found);
    const whole = await criterionOf(bias).select(makeInput(features, { chunks: 1, count: 60 }));
    expect([...found.rows]).toEqual([...whole.rows]);
    expect(new Set(found.rows).size).toBe(60);
  });

  test('of equal atoms the lower row is picked, whichever chunk it lies in', async () => {
    const few = makeFeatures(40, 5, true, 3);
    // Rows 40 to 79 are those of 0 to 39 once more.
    const array = new Float64Array(80 * 5);
    array.set(few.array);
    array.set(few.array, 40 * 5);
    const features = { ...few, array, count: 80 };
    for (const chunks of [1, 4]) {
      const { rows, relativeGaps } = await criterionOf(bias).select(makeInput(features, { chunks, count: 12 }));
      expect(relativeGaps[0]).toBe(0);
      rows.forEach((row, pick) => {
        if (row >= 40) expect([...rows.subarray(0, pick)]).toContain(row - 40);
      });
    }
  });
});

function emptyState(features: Features): GreedyState {
  const { count } = features;
  return {
    features,
    p: new Float64Array(count),
    q: new Float64Array(count),
    r: new Float64Array(count),
    t: new Float64Array(count),
    open: new Uint8Array(count).fill(1),
    moments: new Float64Array(featureCount(features) ** 2),
    bestRows: new Uint32Array(32),
    bestScores: new Float64Array(32),
    bestCounts: new Uint32Array(1),
  };
}

/** All updates that a selection of `count` asked for, and what its state was after the last one. */
async function finalState(features: Features, lambda: number, given: number[], count: number): Promise<GreedyState> {
  const last = emptyState(features);
  const { rows } = await ur.select(
    makeInput(features, {
      lambda,
      count,
      given: Uint32Array.from(given),
      dispatch: async (state, step) => {
        runStep(state, step, 1, [0]);
        for (const name of ['p', 'q', 'r', 't', 'open'] as const) last[name].set(state[name]);
      },
    }),
  );
  expect(rows).toHaveLength(count);
  return last;
}

describe('incremental scores', () => {
  test.each([true, false])('follow the closed form over updates (constant: %s)', async (intercept) => {
    const features = makeFeatures(200, 8, intercept, 4);
    const given = [4, 60, 61, 130];
    // Updates before picks 1, 2 and 3; before pick 4 everything is refreshed.
    const state = await finalState(features, 1e-2, given, 4);
    const { rows } = await ur.select(makeInput(features, { lambda: 1e-2, count: 3, given: Uint32Array.from(given) }));
    const { P, PSP } = closedForm(features, [...given, ...rows], 1e-2, 1);
    const open = [...state.open.keys()].filter((row) => state.open[row] === 1);
    expect(open).toHaveLength(193);
    for (const name of ['p', 'q', 'r', 't'] as const) {
      const expected = open.map((row) => quadraticForms(vectorOf(features, row), P, PSP)[name]);
      const deviation = worst(
        open.map((row) => state[name][row]!),
        expected,
      );
      console.info(`${name}: ${deviation}`);
      expect(deviation).toBeLessThan(1e-7);
    }
  });

  test('before as many picks as features, seven picks after a refresh, still find the best', async () => {
    const lambda = 1e-6;
    const features = makeFeatures(3000, 40, true, 5);
    const state = await finalState(features, lambda, [], 16);
    const { rows } = await ur.select(makeInput(features, { lambda, count: 15 }));
    const scores = closedFormScores(features, [...rows], lambda, 1);
    const { score } = closedForm(features, [...rows], lambda, 1);
    const { p, q, r, t, open } = state;
    const byState = [...open.keys()]
      .filter((row) => open[row] === 1)
      .map((row) => ({ row, value: scoreOf(score, p[row]!, q[row]!, r[row]!, t[row]!), exact: scores[row]! }));
    const best = byState.reduce((least, one) => (one.exact < least.exact ? one : least));
    const before = byState.filter(({ value }) => value < best.value).length;
    const drift = Math.max(...byState.map(({ value, exact }) => Math.abs(value - exact))) / best.exact;
    console.info(`${before} candidates seem better than the best; largest drift of a score: ${drift}`);
    expect(before).toBeLessThan(10);
    expect(drift).toBeLessThan(0.01);
  });
});

test('P of the square root is the analytic one, far beyond what M itself can hold', () => {
  // Orthogonal rows of length s: P = 1 / lambda off their span, 1 / (s^2 + lambda) along it.
  const D = 8;
  const lambda = 1e-10;
  const hadamard = (i: number, j: number) => ((i & j).toString(2).replaceAll('0', '').length % 2 === 0 ? 1 : -1);
  const lengths = [30, 1, 1e-2, 1e-4];
  const root = new SquareRoot(D, lambda);
  for (const [i, length] of lengths.entries()) {
    root.add(Float64Array.from({ length: D }, (_, j) => (hadamard(i, j) * length) / Math.sqrt(D)));
  }
  const P = root.inverse();
  let deviation = 0;
  for (let i = 0; i < D; i++) {
    for (let other = 0; other < D; other++) {
      let form = 0;
      for (let j = 0; j < D; j++) {
        for (let k = 0; k < D; k++) form += (hadamard(i, j) * P[j * D + k]! * hadamard(other, k)) / D;
      }
      const expected = i === other ? 1 / ((lengths[i] ?? 0) ** 2 + lambda) : 0;
      if (i >= lengths.length) deviation = Math.max(deviation, Math.abs(form - expected) * lambda);
    }
  }
  console.info(`unspanned part of P: relative deviation ${deviation}`);
  expect(deviation).toBeLessThan(1e-9);
  for (let j = 0; j < D; j++) for (let k = 0; k < D; k++) expect(P[j * D + k]).toBe(P[k * D + j]);
});

test('P of random rows is the inverse of X^T X + lambda I', () => {
  const value = fc.double({ min: -3, max: 3, noNaN: true });
  const rows = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { maxLength: 12 });
  fc.assert(
    fc.property(rows, fc.constantFrom(1e-3, 0.1, 10), (X, lambda) => {
      const root = new SquareRoot(5, lambda);
      const M = Matrix.eye(5).mul(lambda);
      for (const row of X) {
        root.add(Float64Array.from(row));
        M.add(Matrix.columnVector(row).mmul(Matrix.rowVector(row)));
      }
      const identity = M.mmul(Matrix.from1DArray(5, 5, root.inverse()));
      expect(Matrix.sub(identity, Matrix.eye(5)).abs().max()).toBeLessThan(1e-9);
    }),
    { seed: 1 },
  );
});

test('all candidates are picked where more are asked for, and given atoms are none', async () => {
  const features = makeFeatures(12, 3, true);
  const candidates = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0);
  const input = makeInput(features, { candidates, given: Uint32Array.of(0, 9, 9), count: 50 });
  const { rows, totals, relativeGaps } = await ur.select(input);
  expect([...rows].sort((a, b) => a - b)).toEqual([1, 3, 4, 6, 7]);
  expect([totals.length, relativeGaps.length]).toEqual([5, 5]);
  expect([...candidates]).toEqual([1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0]);
  // The same atom given twice is one atom.
  const once = await ur.select(makeInput(features, { candidates, given: Uint32Array.of(0, 9), count: 50 }));
  expect(once.totals).toEqual(totals);
});

test('nothing to pick from is refused, a cancel ends the selection, and neither leaves memory behind', async () => {
  const features = makeFeatures(12, 3, true);
  const none = makeInput(features, { candidates: new Uint8Array(12) });
  await expect(ur.select(none)).rejects.toThrow(/No atom may be picked/);
  const cancelled = makeInput(features);
  cancelled.control.cancel();
  await expect(ur.select(cancelled)).rejects.toThrow(Refusal);
  const done = makeInput(features, { count: 4 });
  await ur.select(done);
  for (const { memory } of [none, cancelled, done]) expect(memory.bytes).toBe(0);
});
