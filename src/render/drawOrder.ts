import type { Vector3 } from 'three';
import { inBackground } from './background.ts';
import { type AtomFilter, type Drawn, orderFrontToBack } from './depthOrder.ts';
import { GpuArray } from './gpuArray.ts';

/** The order is renewed when the view has turned by more than this (cosine of 10 degrees). */
const SAME_DIRECTION = 0.985;

/** An order on the GPU: what it holds, and what it was made for. */
interface Order extends Drawn {
  readonly rows: GpuArray;
}

/** What an order is made for. */
interface Wish {
  readonly towards: Vector3;
  readonly filter: AtomFilter;
}

/**
 * The order in which atoms are drawn, on the GPU: sorted in the background, handed over in slices, and put in force when
 * it is complete. Until then the one before is drawn by, which only takes longer: pictures are the same in any order,
 * and what is hidden does not show up on the GPU either.
 */
export class DrawOrder {
  readonly #positions: Float32Array;
  readonly #reach: number;
  readonly #rows: Uint32Array;
  /** The order in force, and the one that is next. */
  #front: GpuArray;
  #back: GpuArray;
  #drawn: Drawn | null = null;
  #wish: Wish | null = null;
  #underWay: { readonly wish: Wish; readonly stop: () => void } | null = null;
  #sorted: Drawn | null = null;
  readonly #onSorted: () => void;

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
    return this.#drawn && { ...this.#drawn, rows: this.#front };
  }

  /** Whether a better order is on its way. */
  get renewing(): boolean {
    return this.#underWay !== null;
  }

  /** Ask for an order for this view of these atoms. */
  want(towards: Vector3, filter: AtomFilter): void {
    const { filter: before, towards: from } = this.#underWay?.wish ?? this.#wish ?? {};
    if (before === filter && from!.dot(towards) > SAME_DIRECTION) return;
    // A turning view lets the one under way finish, or there would be none as long as it turns.
    if (this.#underWay && before === filter) return;
    this.#begin({ towards: towards.clone(), filter });
  }

  /** Hand over a slice of the next order; false where there is none. */
  sendSlice(): boolean {
    if (!this.#sorted || !this.#underWay) return false;
    this.#back.sendSlice();
    if (this.#back.ready) {
      [this.#front, this.#back] = [this.#back, this.#front];
      this.#drawn = this.#sorted;
      this.#wish = this.#underWay.wish;
      this.#sorted = null;
      this.#underWay = null;
    }
    return true;
  }

  /** After a lost context: as at the beginning. */
  renew(): void {
    const wish = this.#underWay?.wish ?? this.#wish;
    this.#drawn = null;
    for (const rows of [this.#front, this.#back]) rows.renew();
    if (wish) this.#begin(wish);
  }

  dispose(): void {
    this.#underWay?.stop();
    for (const rows of [this.#front, this.#back]) rows.dispose();
  }

  #begin(wish: Wish): void {
    this.#underWay?.stop();
    this.#sorted = null;
    const towards = wish.towards.toArray();
    const work = orderFrontToBack(this.#positions, { towards, reach: this.#reach }, wish.filter, this.#rows);
    const stop = inBackground(work, (drawn) => {
      this.#back.send(drawn.shown);
      this.#sorted = drawn;
      this.#onSorted();
    });
    this.#underWay = { wish, stop };
  }
}
