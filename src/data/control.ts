import { Refusal } from './errors.ts';

/**
 * Cancel and progress through shared memory: whoever started a job and the threads that compute it look at the same
 * few words. Kernels read the cancel flag once a block (5 to 20 ms of work); the interface reads progress when it draws.
 */
const CANCEL = 0;
const DONE = 1;
const TOTAL = 2;
const PHASE = 3;
const NEXT_CHUNK = 4;
const HOLD = 5;
/** Counts signs of life of whoever computes, for the one that watches over them. */
const BEAT = 6;
const WORDS = 7;

/** Nobody is kept waiting for longer, whatever became of who asked for it. */
const LONGEST_HOLD_MS = 400;

/** What a job may be busy with, as the interface words it. The order is the code in the control block. */
export const PHASES = [
  'waiting',
  'reading',
  'hashing',
  'sorting atoms by cell',
  'classifying',
  'describing',
  'diagonalising',
  'projecting',
  'selecting',
  'cutting replica cells',
  'fitting',
  'predicting',
  'drawing error curves',
  'writing',
  'finding the boundary network',
  'measuring distances',
  'computing energies',
] as const;
export type Phase = (typeof PHASES)[number];

export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
}

/** Larger totals (bytes of a huge file) are counted in units of so many, to fit the words. */
const MOST_UNITS = 2 ** 30;

export class Control {
  readonly words: Int32Array;
  #unit = 1;
  #carry = 0;

  /** @param words The control block; share it with other threads only if its buffer is shared. */
  constructor(words: Int32Array = new Int32Array(WORDS)) {
    this.words = words;
  }

  static shared(): Control {
    return new Control(new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)));
  }

  cancel(): void {
    Atomics.store(this.words, CANCEL, 1);
    this.release();
  }

  /** Ask the threads to stand still for a moment: a page that draws needs the cores they are on. */
  hold(): void {
    if (!this.cancelled) Atomics.store(this.words, HOLD, 1);
  }

  release(): void {
    Atomics.store(this.words, HOLD, 0);
    Atomics.notify(this.words, HOLD);
  }

  /** In a thread: wait while held, at most for `LONGEST_HOLD_MS`. Only of shared memory can be waited for. */
  standStill(): void {
    if (Atomics.load(this.words, HOLD) === 0 || !(this.words.buffer instanceof SharedArrayBuffer)) return;
    if (Atomics.wait(this.words, HOLD, 1, LONGEST_HOLD_MS) === 'timed-out') this.release();
  }

  get cancelled(): boolean {
    return Atomics.load(this.words, CANCEL) !== 0;
  }

  /** @throws Refusal (`cancelled`) once somebody asked for a stop. */
  throwIfCancelled(): void {
    if (this.cancelled) throw new Refusal({ tag: 'cancelled', message: 'Cancelled' });
  }

  /** Start a phase of `total` units of work (atoms, bytes, picks); progress restarts at zero. */
  begin(phase: Phase, total: number): void {
    this.throwIfCancelled();
    this.#unit = Math.max(1, Math.ceil(total / MOST_UNITS));
    this.#carry = 0;
    Atomics.store(this.words, PHASE, PHASES.indexOf(phase));
    Atomics.store(this.words, DONE, 0);
    Atomics.store(this.words, TOTAL, Math.ceil(total / this.#unit));
    Atomics.store(this.words, NEXT_CHUNK, 0);
  }

  /** Report `units` more done, and stop here if a cancel was asked for. Call it every 5 to 20 ms of work. */
  advance(units: number): void {
    this.#carry += units;
    const whole = Math.floor(this.#carry / this.#unit);
    this.#carry -= whole * this.#unit;
    Atomics.add(this.words, DONE, whole);
    Atomics.add(this.words, BEAT, 1);
    this.throwIfCancelled();
  }

  /** The next chunk nobody has taken. Chunks are handed out in order, each once. */
  takeChunk(): number {
    Atomics.add(this.words, BEAT, 1);
    return Atomics.add(this.words, NEXT_CHUNK, 1);
  }

  rewindChunks(): void {
    Atomics.store(this.words, NEXT_CHUNK, 0);
  }

  /** Changes whenever somebody took a chunk or finished a block, be it one of no units. */
  get beat(): number {
    return Atomics.load(this.words, BEAT);
  }

  get progress(): Progress {
    return {
      phase: PHASES[Atomics.load(this.words, PHASE)] ?? 'waiting',
      done: Atomics.load(this.words, DONE),
      total: Atomics.load(this.words, TOTAL),
    };
  }
}
