import { Vector3 } from 'three';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NumericArray } from '#data/column.ts';
import { DrawOrder } from './drawOrder.ts';
import { GpuArray } from './gpuArray.ts';
import { GpuColumns } from './gpuColumns.ts';
import { ALL_TYPES } from './scene.ts';

type Bytes = { bytes: Uint8Array };

/** As much of a WebGL context as buffers need: they are arrays of bytes. */
class FakeContext {
  readonly COPY_WRITE_BUFFER = 1;
  readonly ELEMENT_ARRAY_BUFFER = 2;
  readonly alive = new Set<Bytes>();
  largestSlice = 0;
  #bound: Bytes | null = null;

  createBuffer(): Bytes {
    const made = { bytes: new Uint8Array() };
    this.alive.add(made);
    return made;
  }
  deleteBuffer(buffer: Bytes) {
    this.alive.delete(buffer);
  }
  bindVertexArray() {}
  getParameter() {
    return null;
  }
  bindBuffer(_target: number, buffer: Bytes) {
    this.#bound = buffer;
  }
  bufferData(_target: number, size: number) {
    this.#bound!.bytes = new Uint8Array(size);
  }
  bufferSubData(_target: number, at: number, { buffer, byteOffset, byteLength }: Exclude<NumericArray, Float64Array>) {
    this.largestSlice = Math.max(this.largestSlice, byteLength);
    this.#bound!.bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
  }

  get asContext(): WebGL2RenderingContext {
    return this as unknown as WebGL2RenderingContext;
  }
}

const bytesOf = (data: GpuArray) => (data.attribute as unknown as { buffer: Bytes }).buffer.bytes;
const floatsOf = (data: GpuArray) => new Float32Array(bytesOf(data).buffer);
const rowsOf = (data: GpuArray, length: number) => [...new Uint32Array(bytesOf(data).buffer, 0, length)];

function sendAll(data: GpuArray): number {
  let slices = 0;
  for (; !data.ready; slices++) data.sendSlice();
  return slices;
}

describe('numbers on the GPU', () => {
  const count = 300_000;

  test.each([
    ['float64', new Float64Array(count).map((_, row) => row / 7), 2],
    ['int32', new Int32Array(count).map((_, row) => row - 9), 2],
  ])('%s arrive as float32, in slices', (_, source: NumericArray, slices) => {
    const context = new FakeContext();
    const data = new GpuArray(context.asContext, source, 1);
    expect(sendAll(data)).toBe(slices);
    expect(context.largestSlice).toBeLessThanOrEqual(2 ** 20);
    const sent = floatsOf(data);
    expect(source.every((value, row) => sent[row] === Math.fround(value))).toBe(true);
  });

  test('bytes stay bytes; after a lost context they come again, in a new buffer', () => {
    const context = new FakeContext();
    const source = Uint8Array.of(3, 1, 4, 1, 5);
    const data = new GpuArray(context.asContext, source, 1);
    sendAll(data);
    const { attribute } = data;
    data.renew();
    expect([data.ready, data.attribute === attribute]).toEqual([false, false]);
    sendAll(data);
    expect(bytesOf(data)).toEqual(source);
  });

  test('the columns last looked at are kept; an edition that is no longer is let go', () => {
    const context = new FakeContext();
    const columns = new GpuColumns(context.asContext);
    const arrays = Array.from({ length: 9 }, () => new Float32Array(4));
    const first = columns.of({ array: arrays[0]!, version: 1 });
    for (const array of arrays) {
      columns.of({ array, version: 1 });
      expect(columns.of({ array: arrays[0]!, version: 1 })).toBe(first);
    }
    expect(context.alive.size).toBe(5);
    expect(columns.of({ array: arrays[0]!, version: 2 })).not.toBe(first);
    expect(context.alive.size).toBe(5);
    columns.dispose();
    expect(context.alive.size).toBe(0);
  });
});

describe('order of drawing on the GPU', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  const positions = Float32Array.of(0, 0, -3, 0, 0, 3, 0, 0, 1);
  const everything = { types: null, visibleTypes: ALL_TYPES, clips: [] };
  const front = new Vector3(0, 0, 1);
  const back = new Vector3(0, 0, -1);

  function make() {
    const sorted = vi.fn();
    const order = new DrawOrder(new FakeContext().asContext, positions, 4, sorted);
    const settle = () => {
      do vi.runAllTimers();
      while (order.sendSlice());
      const { rows, shown } = order.inForce!;
      return rowsOf(rows, shown);
    };
    return { order, sorted, settle };
  }

  test('follows the view and what is shown; the one before holds until then', () => {
    const { order, sorted, settle } = make();
    expect(order.inForce).toBe(null);
    order.want(front, everything);
    expect(order.renewing).toBe(true);
    expect(settle()).toEqual([1, 2, 0]);
    expect([order.renewing, sorted.mock.calls.length]).toEqual([false, 1]);

    order.want(new Vector3(0.1, 0, 1).normalize(), { ...everything });
    expect(order.renewing, 'the same atoms from nearly the same side').toBe(false);

    const types = { array: Uint8Array.of(0, 1, 0), version: 1 };
    order.want(back, { ...everything, types, visibleTypes: 0b01 });
    expect(rowsOf(order.inForce!.rows, 3)).toEqual([1, 2, 0]);
    expect(settle()).toEqual([0, 2]);
  });

  test('finishes what is under way, then what was wished for meanwhile', () => {
    const { order, sorted, settle } = make();
    order.want(front, everything);
    order.want(back, everything);
    order.want(back, { ...everything, clips: [{ kind: 'slab' as const, normal: [0, 0, 1] as const, from: 0, to: 9 }] });
    expect(settle()).toEqual([2, 1]);
    expect(sorted.mock.calls.length).toBe(2);
  });

  test('is made again after a lost context', () => {
    const { order, settle } = make();
    order.want(front, everything);
    settle();
    order.renew();
    expect(order.inForce).toBe(null);
    expect(settle()).toEqual([1, 2, 0]);
  });
});
