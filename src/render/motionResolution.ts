import { type Band, WHOLE } from './pictureTarget.ts';

/** A frame slower than this, ms, is too slow to steer by; one faster than the second leaves room for more pixels. */
const SLOW_MS = 60;
const FAST_MS = 20;
const STEP = 0.7;
const COARSEST = 0.25;
/** After this long without a change, ms, the picture rests; longer where frames take long, so as not to block the hand. */
const REST_MS = 160;
/** A sharp picture is cut into bands of about this much work, ms: that long at most does a hand wait for it. */
const BAND_MS = 50;
/** Every band looks at all atoms again. */
const MOST_BANDS = 8;
const POLL_MS = 4;

/** What to draw: a band of a picture with this share of the full number of pixels along each side. */
export interface Frame {
  readonly share: number;
  readonly band: Band;
}

/**
 * How many pixels to draw, and when: all of them where the machine is fast; on a slow one (software rendering, a big
 * model) fewer while the picture changes, and all of them, band by band, once it rests. It learns the speed by timing
 * frames on the GPU, and hands the GPU nothing new before it is done with the last: frames in a queue would show what
 * the hand did long ago, and the page itself, which the same GPU draws, would come after them.
 */
export class MotionResolution {
  /** Share of the pixels for changing pictures. Starts with a quarter of them, until frames are timed. */
  #share = 0.5;
  /** Expected time of a whole sharp frame, ms. */
  #sharpCost = 0;
  #sharpening: Band | null = null;
  #resting = false;
  #unseen = false;
  #wanted = false;
  #underWay: { readonly frame: Frame; readonly fence: WebGLSync; readonly started: number } | null = null;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #context: WebGL2RenderingContext;
  readonly #redraw: () => void;

  /** @param redraw Asks for a frame: `next` will be called. */
  constructor(context: WebGL2RenderingContext, redraw: () => void) {
    this.#context = context;
    this.#redraw = redraw;
  }

  /**
   * The frame to draw now, or null while the GPU is busy with the last; `redraw` is called as soon as it is not.
   * @param changed Whether the picture is no longer the one last drawn; what was begun of that is dropped.
   */
  next(changed: boolean): Frame | null {
    if (changed) {
      this.#unseen = true;
      this.#sharpening = null;
    }
    this.#look();
    clearTimeout(this.#restTimer);
    if (this.#underWay) {
      this.#wanted = true;
      return null;
    }
    this.#wanted = false;
    if (this.#unseen || !(this.#sharpening || this.#resting)) {
      this.#unseen = false;
      this.#resting = this.#share === 1;
      return { share: this.#share, band: WHOLE };
    }
    // A resting picture is drawn again, for instance after the browser dropped it: not by way of a coarse one.
    const band = this.#sharpening ?? this.#firstBand();
    this.#resting = band.index === band.count - 1;
    this.#sharpening = this.#resting ? null : { ...band, index: band.index + 1 };
    return { share: 1, band };
  }

  /** Time the frame just handed to the GPU. It looks back every few ms until that is done, then sleeps. */
  time(frame: Frame): void {
    const fence = this.#context.fenceSync(this.#context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) return;
    this.#context.flush();
    this.#underWay = { frame, fence, started: performance.now() };
    this.#pollTimer = setTimeout(this.#poll, POLL_MS);
  }

  dispose(): void {
    clearTimeout(this.#restTimer);
    clearTimeout(this.#pollTimer);
    this.#underWay = null;
    this.#wanted = false;
  }

  readonly #poll = () => {
    this.#look();
    if (this.#underWay) this.#pollTimer = setTimeout(this.#poll, POLL_MS);
    else if (this.#wanted || this.#sharpening) this.#redraw();
  };

  /** Whether the GPU is done. */
  #look(): void {
    if (!this.#underWay) return;
    const { frame, fence, started } = this.#underWay;
    if (this.#context.clientWaitSync(fence, 0, 0) === this.#context.TIMEOUT_EXPIRED) return;
    this.#context.deleteSync(fence);
    clearTimeout(this.#pollTimer);
    this.#underWay = null;
    if (frame.band.count > 1) return;
    const took = performance.now() - started;
    this.#learn(took, frame.share);
    if (this.#resting) return;
    this.#restTimer = setTimeout(() => {
      this.#sharpening = this.#firstBand();
      this.#redraw();
    }, REST_MS + took);
  }

  #firstBand(): Band {
    return { index: 0, count: Math.min(MOST_BANDS, Math.max(1, Math.ceil(this.#sharpCost / BAND_MS))) };
  }

  #learn(took: number, share: number): void {
    this.#sharpCost = took / share ** 2;
    if (took < FAST_MS) this.#share = Math.min(1, Math.max(share, this.#share / STEP));
    // The sharp frame of a resting picture may take its time.
    else if (took > SLOW_MS && share <= this.#share) this.#share = Math.max(COARSEST, this.#share * STEP);
  }
}
