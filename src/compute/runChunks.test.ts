import { describe, expect, test } from 'vitest';
import { Control } from '#data/control.ts';
import { Refusal } from '#data/errors.ts';
import type { Features } from '#data/features.ts';
import { CHUNKS, chunkStart } from '#pipeline/executor.ts';
import { runChunks, runChunksYielding } from '#pipeline/runChunks.ts';
import { blocks } from '#pipeline/tasks/task.ts';
import type { TaskInput } from '#pipeline/tasks.ts';
import { blockApi } from './blockApi.ts';

const COUNT = 5000;

/** Errors of one model, w = 2, over features 0, 1, 2, ... and labels of zero: |error| of row k is 2 k. */
function makeInput(chunks = CHUNKS): TaskInput<'errors'> {
  const features: Features = {
    array: Float64Array.from({ length: COUNT }, (_, k) => k),
    count: COUNT,
    width: 1,
    intercept: false,
  };
  return {
    features,
    weights: Float64Array.of(2),
    rows: Uint32Array.from({ length: COUNT }, (_, k) => k),
    label: new Float64Array(COUNT),
    squares: new Float64Array(chunks),
    largest: new Float64Array(chunks),
  };
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const EXPECTED = sum(Float64Array.from({ length: COUNT }, (_, k) => 4 * k * k));

describe.each([
  ['runChunks', async (...args: Parameters<typeof runChunks<'errors'>>) => runChunks(...args)],
  ['runChunksYielding', runChunksYielding<'errors'>],
])('%s', (_, run) => {
  test.each([1, 3, CHUNKS])('does each of %d chunks once and reports every row', async (chunks) => {
    const input = makeInput(chunks);
    const control = new Control();
    control.begin('drawing error curves', COUNT);
    await run('errors', input, chunks, control);
    expect(sum(input.squares)).toBe(EXPECTED);
    expect(control.progress).toEqual({ phase: 'drawing error curves', done: COUNT, total: COUNT });
    // Every chunk leaves its results in a place of its own.
    input.largest.forEach((value, chunk) => {
      expect(value).toBe(2 * (chunkStart(COUNT, chunk + 1, chunks) - 1));
    });
  });

  test('stops at the next block after a cancel', async () => {
    const control = new Control();
    let blocksDone = 0;
    const advance = control.advance.bind(control);
    control.advance = (units) => {
      if (++blocksDone === 3) control.cancel();
      advance(units);
    };
    const input = makeInput();
    await expect(run('errors', input, CHUNKS, control)).rejects.toThrow(Refusal);
    expect(blocksDone).toBe(3);
    expect(input.largest[CHUNKS - 1]).toBe(0);
  });
});

test('threads that share a control share the chunks', () => {
  const control = Control.shared();
  const input = makeInput();
  // Another thread has taken the first four.
  for (let k = 0; k < 4; k++) control.takeChunk();
  runChunks('errors', input, CHUNKS, control);
  expect([...input.largest.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  expect(input.largest.subarray(4).every((value) => value > 0)).toBe(true);
});

test('a yielding run lets a cancel come in as a message', async () => {
  const control = new Control();
  const input = makeInput();
  // Long enough to give way: every block takes 5 ms.
  const advance = control.advance.bind(control);
  control.advance = (units) => {
    const until = performance.now() + 5;
    while (performance.now() < until);
    advance(units);
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => control.cancel();
  port2.postMessage(null);
  await expect(runChunksYielding('errors', input, CHUNKS, control)).rejects.toThrow('Cancelled');
  port1.close();
});

test('a compute thread answers with the failure, or null', () => {
  const job = (input: unknown, control = new Control()) => ({
    task: 'errors' as const,
    input,
    chunks: CHUNKS,
    control: control.words,
  });
  const input = makeInput();
  expect(blockApi.run(job(input))).toBeNull();
  expect(sum(input.squares)).toBe(EXPECTED);
  const cancelled = new Control();
  cancelled.cancel();
  expect(blockApi.run(job(makeInput(), cancelled))).toEqual({ tag: 'cancelled', message: 'Cancelled' });
  expect(blockApi.run(job({}))).toMatchObject({ tag: 'bug', message: expect.stringContaining('TypeError') });
});

test('chunks cover everything once, also where there are fewer things than chunks', () => {
  for (const count of [0, 1, 31, 32, 33, 1_037_880]) {
    const starts = Array.from({ length: CHUNKS + 1 }, (_, chunk) => chunkStart(count, chunk));
    expect([starts[0], starts[CHUNKS]]).toEqual([0, count]);
    const sizes = starts.slice(1).map((start, chunk) => start - starts[chunk]!);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
});

test('blocks split a range, the last one shorter', () => {
  expect([...blocks(10, 35, 10)]).toEqual([
    [10, 20],
    [20, 30],
    [30, 35],
  ]);
  expect([...blocks(5, 5, 10)]).toEqual([]);
});
