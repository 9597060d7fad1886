import { describe, expect, test, vi } from 'vitest';
import { Refusal } from '#data/errors.ts';
import type { Features } from '#data/features.ts';
import { dot, gram, invert, product, type Rows, randomFeatures, times, vectorsOf } from '#tests/algebra.ts';
import type { Selection } from './criterion.ts';
import { quadraticForms, scoreOf } from './greedySteps.ts';
import { posterior } from './posterior.ts';
import { makeInput } from './testSupport.ts';
import { ur } from './ur.ts';

const CRITERIA = { ur, posterior };
type Name = keyof typeof CRITERIA;

/**
 * Total over all atoms after training on `chosen`, as the paper writes it: sum over j of v_j, with
 * v_j = x_j P X^T X P x_j (Eqs. 8, 10), or x_j P x_j of the Bayesian; P by inversion.
 */
function totalAfter(name: Name, all: Rows, chosen: Rows, lambda: number): number {
  const D = all[0]!.length;
  const P = invert(gram(chosen, D, lambda));
  let total = 0;
  for (const x of all) {
    const u = times(P, x);
    if (name === 'posterior') total += dot(x, u);
    else for (const y of chosen) total += dot(y, u) ** 2;
  }
  return total;
}

/** Greedy by trying every candidate; the first of equals wins. */
function bruteForce(name: Name, features: Features, lambda: number, count: number, given: number[] = []) {
  const all = vectorsOf(features);
  const chosen = [...given];
  const totals: number[] = [];
  for (let pick = 0; pick < count; pick++) {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    const before = chosen.map((row) => all[row]!);
    for (let row = 0; row < all.length; row++) {
      if (chosen.includes(row)) continue;
      const total = totalAfter(name, all, [...before, all[row]!], lambda);
      if (total < least) [best, least] = [row, total];
    }
    chosen.push(best);
    totals.push(least);
  }
  return { rows: chosen.slice(given.length), totals };
}

/** Features of float32 go to WebAssembly; the same numbers as float64 to TypeScript. */
const STORED = {
  WebAssembly: (features: Features): Features => ({ ...features, array: Float32Array.from(features.array) }),
  TypeScript: (features: Features): Features => ({
    ...features,
    array: Float64Array.from(Float32Array.from(features.array)),
  }),
};
const CASES = (['ur', 'posterior'] as const).flatMap((name) =>
  (['WebAssembly', 'TypeScript'] as const).map((where) => [name, where] as const),
);

function worstDeviation(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Math.max(...Array.from(expected, (value, k) => Math.abs(found[k]! / value - 1)));
}

describe.each(CASES)('%s in %s', (name, where) => {
  const make = (...shape: Parameters<typeof randomFeatures>) => STORED[where](randomFeatures(...shape));
  const select = (features: Features, change: Parameters<typeof makeInput>[1] = {}): Promise<Selection> =>
    CRITERIA[name].select(makeInput(features, change));

  test('scores are those of Eq. 10 with every inverse taken', () => {
    const features = make(1, 300, 6);
    const all = vectorsOf(features);
    const lambda = 1e-2;
    const D = 7;
    const S = gram(all, D);
    let worst = 0;
    for (const picked of [0, 1, 3, 7, 20]) {
      const chosen = all.slice(0, picked);
      const P = invert(gram(chosen, D, lambda));
      const PSP = product(product(P, S), P);
      const bias = name === 'ur' ? lambda : 0;
      const trace = (matrix: Rows) => matrix.reduce((sum, row, k) => sum + row[k]!, 0);
      const total = trace(product(S, P)) - bias * trace(PSP);
      for (let row = picked; row < all.length; row += 7) {
        const x = Float64Array.from(all[row]!);
        const { p, q, r, t } = quadraticForms(x, Float64Array.from(P.flat()), Float64Array.from(PSP.flat()));
        const expected = totalAfter(name, all, [...chosen, all[row]!], lambda);
        worst = Math.max(worst, Math.abs(scoreOf({ total, bias }, p, q, r, t) / expected - 1));
      }
    }
    console.info(`${name}: closed form against Eq. 10, largest relative deviation ${worst}`);
    expect(worst).toBeLessThan(2e-12);
  });

  test.each([
    ['with the constant', true],
    ['without', false],
  ])('picks and totals are those of brute force, %s', async (_, intercept) => {
    const features = make(2, 200, 5, { intercept });
    for (const lambda of [1e-2, 1e-5]) {
      const found = await select(features, { lambda, count: 12 });
      const expected = bruteForce(name, features, lambda, 12);
      expect([...found.rows]).toEqual(expected.rows);
      const worst = worstDeviation(found.totals, expected.totals);
      console.info(`${name}, lambda ${lambda}: totals within ${worst}`);
      // UR's total is what two terms, larger by 1 / lambda, leave of each other: at 1e-5 rounding shows in both ways.
      const tolerance = name === 'posterior' ? 1e-10 : lambda === 1e-2 ? 5e-11 : 1e-4;
      expect(worst).toBeLessThan(tolerance);
    }
  });

  test('given atoms count as chosen, and are not picked again', async () => {
    const features = make(4, 150, 5);
    const given = [17, 3, 99];
    const found = await select(features, { given: Uint32Array.from(given), count: 8 });
    expect([...found.rows]).toEqual(bruteForce(name, features, 1e-5, 8, given).rows);
    // Given the first picks, the rest follows.
    const free = await select(features, { count: 10 });
    const after = await select(features, { given: free.rows.slice(0, 4), count: 6 });
    expect([...after.rows]).toEqual([...free.rows.slice(4)]);
  });

  test('the number of chunks does not matter', async () => {
    const features = make(5, 1500, 12);
    const selections = await Promise.all([1, 3, 32].map((chunks) => select(features, { chunks, count: 60 })));
    for (const { rows } of selections) expect([...rows]).toEqual([...selections[0]!.rows]);
    expect(new Set(selections[0]!.rows).size).toBe(60);
  });

  test('only candidates are picked, though all atoms count', async () => {
    const features = make(6, 200, 5);
    const candidates = new Uint8Array(200);
    for (let row = 0; row < 200; row += 3) candidates[row] = 1;
    const found = await select(features, { candidates });
    expect([...found.rows].every((row) => row % 3 === 0)).toBe(true);
    const all = vectorsOf(features);
    const totals = Array.from(candidates.keys())
      .filter((row) => candidates[row])
      .map((row) => ({ row, total: totalAfter(name, all, [all[row]!], 1e-5) }));
    totals.sort((a, b) => a.total - b.total);
    expect(found.rows[0]).toBe(totals[0]!.row);
    expect([...candidates].filter((flag) => flag === 1)).toHaveLength(67);
  });

  test.each([1, 3, 32])('of equal atoms the lower row is picked, with %d chunks', async (chunks) => {
    const once = make(7, 100, 4);
    // Row k and row 199 - k are the same.
    const array = once.array instanceof Float32Array ? new Float32Array(200 * 4) : new Float64Array(200 * 4);
    for (let row = 0; row < 200; row++) {
      const twin = Math.min(row, 199 - row);
      array.set(once.array.subarray(twin * 4, twin * 4 + 4), row * 4);
    }
    const found = await select({ ...once, array, count: 200 }, { chunks, count: 5 });
    expect(found.rows[0]).toBeLessThan(100);
    expect(found.relativeGaps[0]).toBe(0);
    // The twin may be worth having too, but only once the lower one is taken.
    found.rows.forEach((row, pick) => {
      if (row >= 100) expect([...found.rows.subarray(0, pick)]).toContain(199 - row);
    });
  });

  test('where there are fewer candidates than asked for, all of them are picked', async () => {
    const features = make(8, 100, 4);
    const candidates = new Uint8Array(100);
    candidates.fill(1, 40, 46);
    const found = await select(features, { candidates, given: Uint32Array.of(41) });
    expect([...found.rows].sort()).toEqual([40, 42, 43, 44, 45]);
  });

  test('where there is none, it is refused', async () => {
    const features = make(9, 50, 4);
    const none = new Uint8Array(50);
    await expect(select(features, { candidates: none })).rejects.toThrow(Refusal);
    const one = Uint8Array.from(none);
    one[5] = 1;
    const refusal = select(features, { candidates: one, given: Uint32Array.of(5) });
    await expect(refusal).rejects.toThrow(/^No atom may be picked: .*\.$/);
  });

  test('the gap is that to the second best', async () => {
    const features = make(10, 80, 4);
    const all = vectorsOf(features);
    const { relativeGaps } = await select(features, { lambda: 1e-2, count: 1 });
    const totals = all.map((x) => totalAfter(name, all, [x], 1e-2)).sort((a, b) => a - b);
    expect(relativeGaps[0]).toBeCloseTo((totals[1]! - totals[0]!) / totals[0]!, 10);
  });

  test('memory is given back, also after a cancel', async () => {
    const input = makeInput(make(11, 80, 4));
    await CRITERIA[name].select(input);
    expect(input.memory.bytes).toBe(0);
    input.control.cancel();
    await expect(CRITERIA[name].select(input)).rejects.toThrow('Cancelled');
    expect(input.memory.bytes).toBe(0);
  });
});

test.each(['ur', 'posterior'] as const)('%s is the same in WebAssembly and TypeScript, to the bit', async (name) => {
  const features = randomFeatures(3, 3000, 11);
  const change = { lambda: 1e-6, count: 60 };
  const found = await CRITERIA[name].select(makeInput(STORED.WebAssembly(features), change));
  expect(await CRITERIA[name].select(makeInput(STORED.TypeScript(features), change))).toEqual(found);
  const unavailable = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  try {
    expect(await CRITERIA[name].select(makeInput(STORED.WebAssembly(features), change))).toEqual(found);
  } finally {
    unavailable.mockRestore();
  }
});
