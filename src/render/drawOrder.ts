import { type Drawn, finish, type OrderedView, orderFrontToBack, type TypeFilter } from './depthOrder.ts';

/** Models of fewer atoms are put in order at once: a few ms. */
const STEPS_FROM = 100_000;
/** What one turn of the event loop may take, ms. */
const TURN_MS = 8;

/**
 * The rows to draw, and their order from the nearest to the farthest, which follows the camera in turns of a few ms: until
 * it is ready the last order is drawn, and the picture is the same.
 */
export class DrawOrder {
  readonly #positions: Float32Array;
  readonly #reach: number;
  readonly #sampleOneIn: number;
  #filter: TypeFilter | null = null;
  #rows: Uint32Array;
  #drawn: Drawn = { shown: 0, sampled: 0 };
  /** The next order, while it is made and until it is taken. */
  #next: Uint32Array;
  #ready: Drawn | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(positions: Float32Array, reach: number, sampleOneIn: number) {
    this.#positions = positions;
    this.#reach = reach;
    this.#sampleOneIn = sampleOneIn;
    this.#rows = new Uint32Array(positions.length / 3);
    this.#next = new Uint32Array(positions.length / 3);
  }

  get rows(): Uint32Array {
    return this.#rows;
  }

  get drawn(): Drawn {
    return this.#drawn;
  }

  /** Other atoms to draw, from the next frame on, in any order at first. */
  filter(filter: TypeFilter | null): void {
    this.#stop();
    this.#filter = filter;
    this.#drawn = finish(this.#steps([0, 0, 0], this.#rows));
  }

  /** Begin to put the rows in order for a viewer there. */
  begin(towards: OrderedView['towards']): void {
    this.#stop();
    const steps = this.#steps(towards, this.#next);
    if (this.#rows.length < STEPS_FROM) this.#ready = finish(steps);
    else this.#turn(steps);
  }

  /** Take the next order if it is ready. Only between pictures: a picture is drawn in parts of one order. */
  take(): boolean {
    if (!this.#ready) return false;
    this.#drawn = this.#ready;
    this.#ready = null;
    [this.#rows, this.#next] = [this.#next, this.#rows];
    return true;
  }

  dispose(): void {
    this.#stop();
  }

  #steps(towards: OrderedView['towards'], rows: Uint32Array): Generator<void, Drawn> {
    const view = { towards, reach: this.#reach, sampleOneIn: this.#sampleOneIn };
    return orderFrontToBack(this.#positions, view, this.#filter, rows);
  }

  #turn(steps: Generator<void, Drawn>): void {
    this.#timer = setTimeout(() => {
      const started = performance.now();
      while (performance.now() - started < TURN_MS) {
        const { done, value } = steps.next();
        if (!done) continue;
        this.#ready = value;
        return;
      }
      this.#turn(steps);
    });
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#ready = null;
  }
}
