/** A frame slower than this, ms, is too slow to steer by; one faster than the second leaves room for more pixels. */
const SLOW_MS = 60;
const FAST_MS = 20;
const STEP = 0.7;
const COARSEST = 0.25;
/** After this long without a change, ms, the picture rests; longer where frames take long, so as not to block the hand. */
const REST_MS = 160;
const POLL_MS = 4;

/**
 * How many pixels to draw: all of them where the machine is fast; on a slow one (software rendering, a big model) fewer
 * while the picture changes, and all of them once it rests. It learns the speed by timing frames on the GPU.
 */
export class MotionResolution {
  /** Share of the full pixel ratio for changing pictures. Starts with a quarter of the pixels, until frames are timed. */
  #scale = 0.5;
  #resting = false;
  #redraw: (() => void) | null = null;
  #timing = false;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Share of the full pixel ratio for the frame about to be drawn.
   * @param changed Whether it differs from the frame before, which a mere request for more pixels does not.
   * @param redraw Called once the picture rests after coarse frames, to have the sharp one drawn.
   */
  next(changed: boolean, redraw: () => void): number {
    clearTimeout(this.#restTimer);
    if (this.#resting && !changed) {
      this.#redraw = null;
      return 1;
    }
    this.#resting = false;
    this.#redraw = this.#scale < 1 ? redraw : null;
    return this.#scale;
  }

  /** Time the frame just handed to the GPU at this share. It looks back every few ms until that is done, then sleeps. */
  time(context: WebGL2RenderingContext, share: number): void {
    if (this.#timing) return;
    const fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) return;
    context.flush();
    this.#timing = true;
    const started = performance.now();
    const look = () => {
      if (context.clientWaitSync(fence, 0, 0) === context.TIMEOUT_EXPIRED) {
        this.#pollTimer = setTimeout(look, POLL_MS);
        return;
      }
      context.deleteSync(fence);
      this.#timing = false;
      const took = performance.now() - started;
      this.#learn(took, share);
      this.#restAfter(REST_MS + took);
    };
    this.#pollTimer = setTimeout(look, POLL_MS);
  }

  dispose(): void {
    clearTimeout(this.#restTimer);
    clearTimeout(this.#pollTimer);
    this.#timing = false;
  }

  #learn(took: number, share: number): void {
    if (took < FAST_MS) this.#scale = Math.min(1, Math.max(share, this.#scale / STEP));
    // The sharp frame of a resting picture may take its time.
    else if (took > SLOW_MS && share <= this.#scale) this.#scale = Math.max(COARSEST, this.#scale * STEP);
  }

  #restAfter(delay: number): void {
    const redraw = this.#redraw;
    if (!redraw) return;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#resting = true;
      redraw();
    }, delay);
  }
}
