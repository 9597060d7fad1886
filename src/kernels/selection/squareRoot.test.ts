import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Features } from '#data/features.ts';
import { gram, product, randomFeatures, vectorsOf } from '#tests/algebra.ts';
import type { GreedyState } from './greedyState.ts';
import { quadraticForms, scoreOf } from './greedySteps.ts';
import { SquareRoot } from './squareRoot.ts';
import { makeInput } from './testSupport.ts';
import { ur } from './ur.ts';

describe('P of the square root', () => {
  test('is the analytic one, also off the span of the rows, where M holds nothing but lambda', () => {
    // Orthogonal rows of length s: P = 1 / (s^2 + lambda) along each, 1 / lambda off their span.
    const D = 8;
    const lambda = 1e-10;
    const parity = (i: number, j: number) => ((i & j).toString(2).replaceAll('0', '').length % 2 === 0 ? 1 : -1);
    const direction = (i: number) => Float64Array.from({ length: D }, (_, j) => parity(i, j) / Math.sqrt(D));
    const lengths = [30, 1, 0.01];
    const root = new SquareRoot(D, lambda);
    for (const [i, length] of lengths.entries()) root.add(direction(i).map((value) => value * length));
    const P = root.inverse();
    const form = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, ai, i) => sum + b.reduce((inner, bj, j) => inner + ai * P[i * D + j]! * bj, 0), 0);
    let worst = 0;
    for (let i = 0; i < D; i++) {
      for (let j = 0; j < D; j++) {
        const expected = i === j ? 1 / ((lengths[i] ?? 0) ** 2 + lambda) : 0;
        // Of the largest element: along the rows the sum above rounds at 1 / lambda.
        worst = Math.max(worst, Math.abs(form(direction(i), direction(j)) - expected) * lambda);
        expect(P[i * D + j]).toBe(P[j * D + i]);
      }
    }
    console.info(`largest deviation times lambda: ${worst}`);
    expect(worst).toBeLessThan(1e-13);
  });

  test('times X^T X + lambda I is the identity', () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    const rows = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.constantFrom(1e-3, 0.1, 10), (X, lambda) => {
        const root = new SquareRoot(5, lambda);
        for (const row of X) root.add(Float64Array.from(row));
        const identity = product(gram(X, 5, lambda), square(root.inverse(), 5));
        for (const [i, row] of identity.entries()) {
          for (const [j, found] of row.entries()) expect(Math.abs(found - (i === j ? 1 : 0))).toBeLessThan(1e-9);
        }
      }),
      { seed: 1 },
    );
  });
});

function square(flat: Float64Array, D: number): number[][] {
  return Array.from({ length: D }, (_, i) => [...flat.subarray(i * D, (i + 1) * D)]);
}

/** Scores of all rows in closed form, after `chosen`. */
function exactScores(features: Features, chosen: Uint32Array, lambda: number) {
  const all = vectorsOf(features);
  const D = all[0]!.length;
  const root = new SquareRoot(D, lambda);
  for (const row of chosen) root.add(Float64Array.from(all[row]!));
  const P = root.inverse();
  const SP = product(gram(all, D), square(P, D));
  const PSP = product(square(P, D), SP);
  const trace = (matrix: number[][]) => matrix.reduce((sum, row, k) => sum + row[k]!, 0);
  const constants = { total: trace(SP) - lambda * trace(PSP), bias: lambda };
  const flatPSP = Float64Array.from(PSP.flat());
  const scores = all.map((x) => {
    const { p, q, r, t } = quadraticForms(Float64Array.from(x), P, flatPSP);
    return scoreOf(constants, p, q, r, t);
  });
  return { scores, constants };
}

test('before as many picks as features, seven picks after a refresh, incremental scores still find the best', async () => {
  const lambda = 1e-6;
  const features = randomFeatures(1, 4000, 40);
  let after: Pick<GreedyState, 'p' | 'q' | 'r' | 't' | 'open'> | undefined;
  const input = makeInput(features, { lambda, count: 16 });
  const selection = await ur.select({
    ...input,
    dispatch: async (state, step) => {
      await input.dispatch(state, step);
      const { p, q, r, t, open } = state;
      after = { p: p.slice(), q: q.slice(), r: r.slice(), t: t.slice(), open: open.slice() };
    },
  });
  const { scores, constants } = exactScores(features, selection.rows.subarray(0, 15), lambda);
  const { p, q, r, t, open } = after!;
  const rows = [...open.keys()].filter((row) => open[row] === 1);
  expect(rows).toHaveLength(4000 - 15);
  const followed = (row: number) => scoreOf(constants, p[row]!, q[row]!, r[row]!, t[row]!);
  const best = rows.reduce((least, row) => (scores[row]! < scores[least]! ? row : least));
  const drift = Math.max(...rows.map((row) => Math.abs(followed(row) - scores[row]!))) / scores[best]!;
  const above = rows.filter((row) => followed(row) < followed(best)).length;
  console.info(`${above} candidates seem better than the best; largest drift of a score: ${drift}`);
  expect(selection.rows[15]).toBe(best);
  expect(above).toBeLessThan(10);
  expect(drift).toBeLessThan(1e-5);
});

test('an atom that is given twice is one atom', async () => {
  const features = randomFeatures(3, 60, 4);
  const once = await ur.select(makeInput(features, { given: Uint32Array.of(7, 20) }));
  const twice = await ur.select(makeInput(features, { given: Uint32Array.of(7, 20, 7, 7) }));
  expect(twice).toEqual(once);
});
