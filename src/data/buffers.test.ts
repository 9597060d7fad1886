import { afterEach, describe, expect, test, vi } from 'vitest';
import { MemoryLedger, sharedMemoryAvailable } from './buffers.ts';
import { type Failure, Refusal } from './errors.ts';

afterEach(() => vi.unstubAllGlobals());

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.failure;
    throw thrown;
  }
  throw new Error('this was not refused');
}

describe('MemoryLedger', () => {
  test('allocates zeroed arrays of the type asked for, shared or not', () => {
    const shared = new MemoryLedger({ shared: true }).allocate('a', 'float32', 5);
    expect(shared).toEqual(new Float32Array(5));
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    const own = new MemoryLedger({ shared: false }).allocate('a', 'uint8', 3);
    expect(own).toEqual(new Uint8Array(3));
    expect(own.buffer).toBeInstanceOf(ArrayBuffer);
    expect(new MemoryLedger().allocate('nothing', 'float64', 0)).toHaveLength(0);
  });

  test('allocates memory for WebAssembly, in whole pages, and counts it until a view of it is released', () => {
    const memory = new MemoryLedger({ budgetBytes: 3 * 65536, shared: false });
    const wasm = memory.allocateWasmMemory('kernel', 65537);
    expect(wasm.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(wasm.buffer.byteLength).toBe(2 * 65536);
    expect(memory.entries).toEqual([{ name: 'kernel', bytes: 2 * 65536 }]);
    expect(failureOf(() => memory.allocateWasmMemory('more', 65537)).tag).toBe('no-memory');
    memory.release(new Float64Array(wasm.buffer, 8, 1));
    expect(memory.bytes).toBe(0);
  });

  test('adopts a copy', () => {
    const source = Float64Array.of(1, 2, 3);
    const copy = new MemoryLedger().adopt('copy', 'float64', source);
    expect(copy).toEqual(source);
    source[0] = 9;
    expect(copy[0]).toBe(1);
  });

  test('counts what is alive, and the most that ever was', () => {
    const memory = new MemoryLedger();
    const first = memory.allocate('first', 'float64', 100);
    const second = memory.allocate('second', 'uint8', 1000);
    expect([memory.bytes, memory.peakBytes]).toEqual([1800, 1800]);
    expect(memory.entries).toEqual([
      { name: 'second', bytes: 1000 },
      { name: 'first', bytes: 800 },
    ]);
    memory.release(second, undefined);
    expect([memory.bytes, memory.peakBytes]).toEqual([800, 1800]);
    memory.restartPeak();
    memory.allocate('third', 'uint32', 10);
    expect([memory.bytes, memory.peakBytes]).toEqual([840, 840]);
    // A view counts as its buffer.
    memory.release(first.subarray(3, 7));
    expect(memory.bytes).toBe(40);
  });

  test('forgets what a piece of work allocated', () => {
    const memory = new MemoryLedger();
    memory.allocate('kept', 'float64', 10);
    const before = memory.buffers;
    memory.allocate('made', 'float64', 20);
    memory.allocate('made too', 'float64', 30);
    memory.forget([...memory.buffers].filter((buffer) => !before.has(buffer)));
    expect(memory.entries).toEqual([{ name: 'kept', bytes: 80 }]);
  });

  test('refuses what goes over the budget, and says what to do', () => {
    const GIB = 1024 ** 3;
    const memory = new MemoryLedger({ budgetBytes: GIB, shared: false });
    memory.allocate('something', 'uint8', 0.25 * GIB);
    expect(failureOf(() => memory.allocate('scores of the pool', 'float64', 0.1 * GIB))).toEqual({
      tag: 'no-memory',
      message:
        'No memory for scores of the pool (0.80 GiB; 0.25 GiB of 1.00 GiB in use): the memory budget is spent. ' +
        'Close other tabs, load a smaller snapshot, or keep fewer components.',
    });
    expect(memory.entries).toHaveLength(1);
    memory.allocate('just so', 'uint8', 0.75 * GIB);
  });

  test('budgets half of what the device has, where the browser tells', () => {
    expect(new MemoryLedger().budgetBytes).toBe(8 * 1024 ** 3);
    vi.stubGlobal('navigator', { deviceMemory: 4 });
    expect(new MemoryLedger().budgetBytes).toBe(2 * 1024 ** 3);
  });

  test('refuses what the platform refuses', () => {
    const memory = new MemoryLedger({ budgetBytes: Number.MAX_VALUE, shared: false });
    const failure = failureOf(() => memory.allocate('too much', 'float64', 2 ** 52));
    expect(failure.tag).toBe('no-memory');
    expect(failure.message).toContain('the browser or Node refused it.');
    expect(memory.bytes).toBe(0);
  });
});

test('memory is shared in Node and in an isolated page, not in another page', () => {
  expect(sharedMemoryAvailable()).toBe(true);
  vi.stubGlobal('crossOriginIsolated', false);
  expect(sharedMemoryAvailable()).toBe(false);
  vi.stubGlobal('crossOriginIsolated', true);
  expect(sharedMemoryAvailable()).toBe(true);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(sharedMemoryAvailable()).toBe(false);
});
