import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MotionResolution } from './motionResolution.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** A GPU whose frames take `cost` ms for the full number of pixels. */
class FakeGpu {
  readonly TIMEOUT_EXPIRED = 0x911b;
  readonly SYNC_GPU_COMMANDS_COMPLETE = 0x9117;
  share = 1;
  readonly cost: number;
  #doneAt = 0;
  constructor(cost: number) {
    this.cost = cost;
  }
  fenceSync() {
    this.#doneAt = performance.now() + this.cost * this.share ** 2;
    return {};
  }
  flush() {}
  deleteSync() {}
  clientWaitSync() {
    return performance.now() >= this.#doneAt ? 0x911a : this.TIMEOUT_EXPIRED;
  }
}

function play(cost: number, frames: number) {
  const gpu = new FakeGpu(cost);
  const resolution = new MotionResolution();
  const shares: number[] = [];
  const draw = (changed: boolean) => {
    gpu.share = resolution.next(changed, () => draw(false));
    shares.push(gpu.share);
    resolution.time(gpu as unknown as WebGL2RenderingContext, gpu.share);
  };
  for (let frame = 0; frame < frames; frame++) {
    draw(true);
    vi.advanceTimersByTime(Math.max(16, cost * gpu.share ** 2));
  }
  const moving = shares.at(-1);
  vi.advanceTimersByTime(5000);
  return { moving, atRest: shares.at(-1), drawn: shares.length };
}

test('a fast machine draws every pixel while moving, and nothing more once it rests', () => {
  expect(play(5, 10)).toEqual({ moving: 1, atRest: 1, drawn: 10 });
});

test('a slow machine draws fewer while moving, and one sharp frame once it rests', () => {
  const { moving, atRest, drawn } = play(900, 12);
  expect(moving).toBeLessThan(0.5);
  expect(atRest).toBe(1);
  expect(drawn).toBe(13);
  expect(vi.getTimerCount()).toBe(0);
});
