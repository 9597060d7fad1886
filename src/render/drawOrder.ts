import type { Vector3 } from 'three';
import { inBackground } from '#data/background.ts';
import { type AtomFilter, type Drawn, orderFrontToBack, sameAtoms } from './depthOrder.ts';
import { GpuArray } from './gpuArray.ts';

/** The order is renewed when the view has turned by more than this (cosine of 10 degrees). */
const SAME_DIRECTION = 0.985;

/** What an order is made for. */
interface Wish {
  /** Unit vector to the viewer. */
  readonly towards: Vector3;
  readonly filter: AtomFilter;
}

/** An order on the GPU: what it holds, and of which atoms. */
export interface Order extends Drawn {
  readonly rows: GpuArray;
  readonly filter: AtomFilter;
}

/**
 * The order in which atoms are drawn, on the GPU: sorted in the background, handed over in slices, and put in force when
 * it is complete. Until then pictures are drawn by the one before. One that is begun is finished, though the wish may
 * have changed meanwhile: under a hand that moves on and on there would be none otherwise.
 */
export class DrawOrder {
  readonly #positions: Float32Array;
  readonly #reach: number;
  readonly #rows: Uint32Array;
  readonly #onSorted: () => void;
  /** On the GPU: the order in force, and the one that is next. */
  #front: GpuArray;
  #back: GpuArray;
  #wish: Wish | null = null;
  #inForce: (Wish & Drawn) | null = null;
  #underWay: { readonly wish: Wish; readonly stop: () => void } | null = null;
  #sorted: Drawn | null = null;

  /** @param onSorted Called when there is an order to hand over. */
  constructor(context: WebGL2RenderingContext, positions: Float32Array, reach: number, onSorted: () => void) {
    this.#positions = positions;
    this.#reach = reach;
    this.#rows = new Uint32Array(positions.length / 3);
    this.#front = new GpuArray(context, this.#rows, 1, true);
    this.#back = new GpuArray(context, this.#rows, 1, true);
    this.#onSorted = onSorted;
  }

  /** The order in force; null before the first. */
  get inForce(): Order | null {
    return this.#inForce && { ...this.#inForce, rows: this.#front };
  }

  /** Whether a better order is on its way. */
  get renewing(): boolean {
    return this.#underWay !== null;
  }

  /** Ask for an order for this view of these atoms. */
  want(towards: Vector3, filter: AtomFilter): void {
    this.#wish = { towards: towards.clone(), filter };
    if (!this.#underWay) this.#renew();
  }

  /** Hand over a slice of the next order; false where there is none. */
  sendSlice(): boolean {
    if (!this.#sorted || !this.#underWay) return false;
    this.#back.sendSlice();
    if (this.#back.ready) {
      [this.#front, this.#back] = [this.#back, this.#front];
      this.#inForce = { ...this.#underWay.wish, ...this.#sorted };
      this.#sorted = null;
      this.#underWay = null;
      this.#renew();
    }
    return true;
  }

  /** After a lost context: as at the beginning. */
  renew(): void {
    this.#underWay?.stop();
    this.#underWay = null;
    this.#sorted = null;
    this.#inForce = null;
    for (const rows of [this.#front, this.#back]) rows.renew();
    this.#renew();
  }

  dispose(): void {
    this.#underWay?.stop();
    for (const rows of [this.#front, this.#back]) rows.dispose();
  }

  /** Begin the order that is wished for, unless the one in force will do. */
  #renew(): void {
    const wish = this.#wish;
    const made = this.#inForce;
    if (!wish || (made && sameAtoms(made.filter, wish.filter) && made.towards.dot(wish.towards) > SAME_DIRECTION)) {
      return;
    }
    const view = { towards: wish.towards.toArray(), reach: this.#reach };
    const stop = inBackground(orderFrontToBack(this.#positions, view, wish.filter, this.#rows), (drawn) => {
      this.#back.send(drawn.shown);
      this.#sorted = drawn;
      this.#onSorted();
    });
    this.#underWay = { wish, stop };
  }
}
