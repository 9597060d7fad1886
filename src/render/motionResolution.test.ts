import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Frame, MotionResolution } from './motionResolution.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** A GPU whose frames take `cost` ms for all atoms and the full number of pixels, and the page that draws with it. */
class FakePage {
  readonly drawn: Frame[] = [];
  readonly #resolution = new MotionResolution(() => this.#next());
  readonly #cost: number;
  readonly #sampleOneIn: number;
  readonly #shadingCost: number;
  #busy = false;
  #asked = false;
  #changed = false;

  constructor(cost: number, sampleOneIn = 1, shadingCost = 0) {
    this.#cost = cost;
    this.#sampleOneIn = sampleOneIn;
    this.#shadingCost = shadingCost;
  }

  draw(changed: boolean) {
    this.#asked = true;
    this.#changed ||= changed;
    this.#next();
  }

  #next() {
    if (this.#busy || !(this.#asked || this.#resolution.unfinished)) return;
    const frame = this.#resolution.next(this.#changed, this.#sampleOneIn);
    this.#asked = false;
    this.#changed = false;
    this.drawn.push(frame);
    this.#busy = true;
    const atoms = (this.#cost * frame.share ** 2) / frame.part.count / frame.oneIn;
    const took = atoms + (frame.shaded ? this.#shadingCost : 0);
    setTimeout(() => {
      this.#busy = false;
      this.#resolution.finished(frame, took);
      this.#next();
    }, took);
  }

  /** A hand that moves, seen at 60 frames a second. */
  move(frames: number) {
    for (let frame = 0; frame < frames; frame++) {
      this.draw(true);
      vi.advanceTimersByTime(16);
    }
  }
  rest() {
    vi.advanceTimersByTime(5000);
    expect(vi.getTimerCount(), 'nothing goes on at rest').toBe(0);
  }
}

test('a fast machine draws every pixel while moving, and nothing more once it rests', () => {
  const page = new FakePage(5);
  page.move(10);
  page.rest();
  expect(page.drawn.length).toBe(10);
  expect(page.drawn.at(-1)!.share).toBe(1);
});

test('a slow machine draws fewer while moving, and one sharp picture in parts once it rests', () => {
  const page = new FakePage(900);
  page.move(60);
  expect(page.drawn.at(-1)!.share).toBeLessThan(0.5);
  const before = page.drawn.length;
  expect(before).toBeLessThan(60);
  page.rest();
  const sharp = page.drawn.filter(({ share }) => share === 1);
  const parts = Math.ceil(900 / 50);
  // Frames are timed by looking every few ms, so the cost is a guess.
  expect(sharp.length).toBeGreaterThanOrEqual(parts);
  expect(sharp.length).toBeLessThan(1.7 * parts);
  expect(sharp.map(({ part }) => part.index)).toEqual([...sharp.keys()]);
  expect(new Set(sharp.map(({ part }) => part.count))).toEqual(new Set([sharp.length]));
  expect(page.drawn.slice(-sharp.length)).toEqual(sharp);
});

test('the last movement is drawn, though the GPU was busy when it came', () => {
  const page = new FakePage(900);
  page.draw(true);
  page.draw(true);
  expect(page.drawn.length).toBe(1);
  vi.advanceTimersByTime(300);
  expect(page.drawn.length).toBe(2);
  expect(page.drawn[1]!.share).toBeLessThan(1);
});

test('a hand that moves again stops the sharp picture, which is begun anew', () => {
  const page = new FakePage(900);
  page.move(30);
  while (page.drawn.at(-1)!.share < 1) vi.advanceTimersByTime(10);
  vi.advanceTimersByTime(150);
  page.draw(true);
  vi.advanceTimersByTime(150);
  expect(page.drawn.at(-1)!.share).toBeLessThan(1);
  page.rest();
  const { count } = page.drawn.at(-1)!.part;
  expect(page.drawn.slice(-count).map(({ part }) => part.index)).toEqual([...Array(count).keys()]);
});

test('a big model moves as a sample of its atoms where the machine is slow, and rests as all of them', () => {
  const page = new FakePage(900, 8);
  page.move(60);
  expect(page.drawn.every(({ oneIn }) => oneIn === 8)).toBe(true);
  page.rest();
  const sharp = page.drawn.filter(({ oneIn }) => oneIn === 1);
  expect(sharp.length).toBeGreaterThan(0);
  expect(sharp.every(({ share }) => share === 1)).toBe(true);
  expect(page.drawn.slice(-sharp.length)).toEqual(sharp);
});

test('a fast machine draws all atoms of a big model from the first frames on', () => {
  const page = new FakePage(8, 8);
  page.move(20);
  expect(page.drawn.slice(8).every(({ oneIn, share }) => oneIn === 1 && share === 1)).toBe(true);
});

test('a fast machine shades what moves', () => {
  const page = new FakePage(8, 1, 4);
  page.move(20);
  expect(page.drawn.slice(8).every(({ shaded }) => shaded)).toBe(true);
});

test.each([8, 900])(
  'where shading is slow it waits until the picture rests, and is what the last part ends with',
  (cost) => {
    const page = new FakePage(cost, 1, 200);
    page.move(60);
    expect(page.drawn.filter(({ shaded }) => shaded).length, 'tried once at most').toBeLessThanOrEqual(1);
    expect(page.drawn.at(-1)!.shaded).toBe(false);
    page.rest();
    expect(page.drawn.at(-1)).toMatchObject({ share: 1, oneIn: 1, shaded: true });
  },
);

test('a resting picture that is asked for again is drawn sharp', () => {
  const page = new FakePage(900);
  page.move(30);
  page.rest();
  const before = page.drawn.length;
  page.draw(false);
  page.rest();
  expect(page.drawn.slice(before).every(({ share }) => share === 1)).toBe(true);
});
