/** How often to look whether the GPU is done, ms. */
const POLL_MS = 4;

/**
 * One thing at a time on the GPU: whoever hands it work ends a turn, and the next begins once that is done. Work in a
 * queue would show what the hand did long ago; the page itself, which the same GPU draws, would come after it; and a
 * call that needs room for data would wait for all of it. Nothing here waits: a fence is looked at every few ms.
 */
export class GpuTurn {
  readonly #context: WebGL2RenderingContext;
  #underWay: { readonly fence: WebGLSync; readonly started: number; readonly done: (took: number) => void } | null =
    null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: WebGL2RenderingContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#underWay !== null;
  }

  /** Everything for this turn is handed over. `done` is called with the ms it took, once. */
  end(done: (took: number) => void): void {
    const fence = this.#context.fenceSync(this.#context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    // None in a lost context: nothing is under way there, and the turn comes to nothing.
    if (!fence) return;
    this.#context.flush();
    this.#underWay = { fence, started: performance.now(), done };
    this.#timer = setTimeout(this.#look, POLL_MS);
  }

  /** Forget what is under way, as after a lost context. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#underWay = null;
  }

  readonly #look = () => {
    if (!this.#underWay) return;
    const { fence, started, done } = this.#underWay;
    if (this.#context.clientWaitSync(fence, 0, 0) === this.#context.TIMEOUT_EXPIRED) {
      this.#timer = setTimeout(this.#look, POLL_MS);
      return;
    }
    this.#context.deleteSync(fence);
    this.#underWay = null;
    done(performance.now() - started);
  };
}
