import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { gram, invert, product, randomFeatures, vectorsOf } from '#tests/algebra.ts';
import { GreedyModel } from './greedyModel.ts';
import {
  type GreedyState,
  type GreedyStep,
  makeGreedyState,
  releaseGreedyState,
  rowsOfChunk,
  SCREENED_PER_CHUNK,
  setChange,
  setModel,
  sumOfMoments,
} from './greedyState.ts';
import { scoreOf } from './greedySteps.ts';
import { makeSteps, runStep } from './runStep.ts';
import { SquareRoot } from './squareRoot.ts';

/** Features of float32 go to WebAssembly; the same numbers as float64 to TypeScript. */
function makeStates(features: Features, open: Uint8Array, chunks: number): [GreedyState, GreedyState] {
  const single = { ...features, array: Float32Array.from(features.array) };
  const double = { ...features, array: Float64Array.from(single.array) };
  const states = [single, double].map((stored) => makeGreedyState(stored, open, chunks, new MemoryLedger()));
  expect(states.map(({ kernel }) => kernel !== null)).toEqual([true, false]);
  return states as [GreedyState, GreedyState];
}

function run(state: GreedyState, step: GreedyStep, chunks: number): void {
  const steps = makeSteps(state);
  for (let chunk = 0; chunk < chunks; chunk++) for (const _ of runStep(steps, state, step, chunk, chunks));
}

/** What a step leaves that is of use to anybody. */
function left(state: GreedyState, chunks: number) {
  const { p, q, r, t, open, bestRows, bestScores, bestCounts } = state;
  const rows = Array.from(open.keys()).filter((row) => open[row] === 1);
  const lists = Array.from({ length: chunks }, (_, chunk) => {
    const [start, end] = [0, bestCounts[chunk]!].map((k) => chunk * SCREENED_PER_CHUNK + k);
    return { rows: [...bestRows.subarray(start, end)], scores: [...bestScores.subarray(start, end)] };
  });
  return { state: rows.map((row) => [p[row], q[row], r[row], t[row]]), lists };
}

/** Every row stands so many times, one beside the other. */
function repeated(features: Features, times: number): Features {
  const { width } = features;
  const from = (k: number) => width * Math.floor(Math.floor(k / width) / times) + (k % width);
  return { ...features, array: Float64Array.from(features.array, (_, k) => features.array[from(k)]!) };
}

const cases = fc.record({
  seed: fc.nat(1e6),
  count: fc.integer({ min: 1, max: 300 }),
  width: fc.integer({ min: 1, max: 14 }),
  intercept: fc.boolean(),
  times: fc.constantFrom(1, 3),
  chunks: fc.constantFrom(1, 3, 32),
  lambda: fc.constantFrom(1e-8, 1e-3),
  bias: fc.boolean(),
  // Long runs of closed atoms leave whole panels out.
  closed: fc.array(fc.tuple(fc.nat(299), fc.nat(40)), { maxLength: 5 }),
  picks: fc.array(fc.nat(299), { minLength: 1, maxLength: 6 }),
});

test('WebAssembly leaves the bits of TypeScript, step by step', () => {
  fc.assert(
    fc.property(cases, ({ seed, count, width, intercept, times, chunks, lambda, bias, closed, picks }) => {
      const features = repeated(randomFeatures(seed, count, width, { intercept }), times);
      const open = new Uint8Array(count).fill(1);
      for (const [first, length] of closed) open.fill(0, first, first + length);
      const [wasm, reference] = makeStates(features, open, chunks);
      for (const state of [wasm, reference]) run(state, 'moments', chunks);
      expect(sumOfMoments(wasm)).toEqual(sumOfMoments(reference));

      const D = featureCount(features);
      const model = new GreedyModel(sumOfMoments(reference), new SquareRoot(D, lambda));
      const weight = bias ? lambda : 0;
      const x = new Float64Array(D);
      const step = (kind: GreedyStep) => {
        for (const state of [wasm, reference]) {
          setModel(state, { P: model.P, PSP: model.PSP, total: model.total(weight), bias: weight });
          run(state, kind, chunks);
        }
        expect(left(wasm, chunks)).toEqual(left(reference, chunks));
      };
      step('refresh');
      for (const pick of picks) {
        const row = pick % count;
        copyFeatures(reference.features, row, x);
        for (const state of [wasm, reference]) {
          setChange(state, model.changeBy(x));
          state.open[row] = 0;
        }
        model.add(x);
        step('update');
      }
      step('refresh');
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('an atom whose score is not a number heads the list, and is scored anew', () => {
  const features = randomFeatures(1, 200, 3);
  for (const state of makeStates(features, new Uint8Array(200).fill(1), 1)) {
    run(state, 'moments', 1);
    const model = new GreedyModel(sumOfMoments(state), new SquareRoot(4, 1e-2));
    setModel(state, { P: model.P, PSP: model.PSP, total: 7, bias: 0 });
    run(state, 'refresh', 1);
    // An early one, which those after it must not push out again.
    const row = Array.from({ length: 200 }, (_, k) => k).find((k) => !state.bestRows.includes(k))!;
    const exact = scoreOf({ total: 7, bias: 0 }, state.p[row]!, state.q[row]!, state.r[row]!, state.t[row]!);
    // A change by nothing, so that only this atom's state is off.
    setChange(state, model.changeBy(new Float64Array(4)));
    state.q[row] = Number.NaN;
    run(state, 'update', 1);
    expect([state.bestRows[0], state.bestScores[0]]).toEqual([row, exact]);
  }
});

test('lists are the best of their chunk, in order, ties by row', () => {
  const features = repeated(randomFeatures(2, 400, 3), 5);
  for (const state of makeStates(features, new Uint8Array(400).fill(1), 1)) {
    run(state, 'moments', 1);
    const model = new GreedyModel(sumOfMoments(state), new SquareRoot(4, 1e-2));
    setModel(state, { P: model.P, PSP: model.PSP, total: 0, bias: 0 });
    run(state, 'refresh', 1);
    // Without the bias the score is -q / (1 + p).
    const score = (row: number) => -state.q[row]! / (1 + state.p[row]!);
    const sorted = Array.from({ length: 400 }, (_, row) => row).sort((a, b) => score(a) - score(b) || a - b);
    expect([...state.bestRows]).toEqual(sorted.slice(0, SCREENED_PER_CHUNK));
  }
});

test('following rank-one changes gives what computing anew gives', () => {
  const features = randomFeatures(12, 120, 6);
  const all = vectorsOf({ ...features, array: Float32Array.from(features.array) });
  const [D, lambda] = [7, 1e-2];
  for (const [kind, followed] of makeStates(features, new Uint8Array(120).fill(1), 2).entries()) {
    const anew = makeStates(features, new Uint8Array(120).fill(1), 2)[kind]!;
    run(followed, 'moments', 2);
    run(anew, 'moments', 2);
    const S = gram(all, D);
    expect(worstDeviation(sumOfMoments(anew), S.flat())).toBeLessThan(1e-12);
    const model = new GreedyModel(sumOfMoments(anew), new SquareRoot(D, lambda));
    setModel(followed, { P: model.P, PSP: model.PSP, total: 0, bias: 0 });
    run(followed, 'refresh', 2);
    const chosen: number[][] = [];
    for (const pick of [5, 50, 100, 7, 77, 30]) {
      chosen.push(all[pick]!);
      setChange(followed, model.changeBy(Float64Array.from(all[pick]!)));
      model.add(Float64Array.from(all[pick]!));
      run(followed, 'update', 2);
      const P = invert(gram(chosen, D, lambda));
      const PSP = product(product(P, S), P);
      setModel(anew, { P: Float64Array.from(P.flat()), PSP: Float64Array.from(PSP.flat()), total: 0, bias: 0 });
      run(anew, 'refresh', 2);
      for (const form of ['p', 'q', 'r', 't'] as const) {
        const worst = worstDeviation(followed[form], anew[form]);
        console.info(`${form} after ${chosen.length} picks: ${worst}`);
        expect(worst).toBeLessThan(1e-6);
      }
    }
  }
});

function worstDeviation(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Math.max(...Array.from(expected, (value, k) => Math.abs(found[k]! / value - 1)));
}

test.each([
  [1, 32],
  [5, 3],
  [4096, 32],
  [1037880, 32],
])('%d rows in %d chunks: every row once, panels whole', (count, chunks) => {
  let next = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const [from, to] = rowsOfChunk(count, chunk, chunks);
    expect(from).toBe(next);
    if (from < to) expect(from % 4).toBe(0);
    next = to;
  }
  expect(next).toBe(count);
});

test('memory is counted and given back; 4 GiB are for WebAssembly, more are left to TypeScript', () => {
  const memory = new MemoryLedger({ budgetBytes: 2 ** 20 });
  const features = { array: new Float32Array(50), count: 10, width: 5, intercept: true };
  const state = makeGreedyState(features, new Uint8Array(10), 3, memory);
  expect(state.kernel?.memory.buffer).toBe(state.p.buffer);
  expect(memory.bytes).toBe(state.p.buffer.byteLength);
  releaseGreedyState(state, memory);
  expect(memory.bytes).toBe(0);
  const ask = (count: number) => () => makeGreedyState({ ...features, count, width: 40 }, new Uint8Array(0), 3, memory);
  expect(ask(20e6)).toThrow('(3.60 GiB;');
  expect(ask(30e6)).toThrow('(0.92 GiB;');
});
