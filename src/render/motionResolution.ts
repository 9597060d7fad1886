import { type Part, WHOLE } from './pictureTarget.ts';

/** A frame slower than this, ms, is too slow to steer by; one faster than the second leaves room for more pixels. */
const SLOW_MS = 60;
const FAST_MS = 20;
const STEP = 0.7;
const COARSEST = 0.25;
/** After this long without a change, ms, the picture rests; longer where frames take long, so as not to block the hand. */
const REST_MS = 160;
/** A whole picture is cut into parts of about this much work, ms: that long at most does a hand wait for it. */
const PART_MS = 50;
/** Looking whether the GPU is done costs a few ms for each part. */
const MOST_PARTS = 32;
const POLL_MS = 4;

/** What to draw: a part of a picture with this share of the full number of pixels along each side. */
export interface Frame {
  readonly share: number;
  readonly part: Part;
  /** One in so many atoms; 1 is all of them. */
  readonly oneIn: number;
}

/**
 * How much to draw, and when: everything where the machine is fast; on a slow one (software rendering, a big model) a
 * sample of the atoms, then fewer pixels, while the picture changes, and everything, part by part, once it rests. It learns the speed by timing
 * frames on the GPU, and hands the GPU nothing new before it is done with the last: frames in a queue would show what
 * the hand did long ago, and the page itself, which the same GPU draws, would come after them.
 */
export class MotionResolution {
  /** Share of the pixels for changing pictures. Starts with a quarter of them, until frames are timed. */
  #share = 0.5;
  /** Whether changing pictures show a sample of the atoms only. A big model starts so, until frames are timed. */
  #sampling: boolean;
  /** Whether all atoms were tried, and were too slow. */
  #mustSample = false;
  /** Expected time of a whole sharp frame, ms. */
  #sharpCost = 0;
  #sharpening: Part | null = null;
  #resting = false;
  #unseen = false;
  #wanted = false;
  #underWay: { readonly frame: Frame; readonly fence: WebGLSync; readonly started: number } | null = null;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #context: WebGL2RenderingContext;
  readonly #redraw: () => void;
  readonly #sampleOneIn: number;

  /**
   * @param redraw Asks for a frame: `next` will be called.
   * @param sampleOneIn A sample is one in so many atoms; 1 where the model is too small for samples.
   */
  constructor(context: WebGL2RenderingContext, redraw: () => void, sampleOneIn = 1) {
    this.#context = context;
    this.#redraw = redraw;
    this.#sampleOneIn = sampleOneIn;
    this.#sampling = sampleOneIn > 1;
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
      this.#resting = this.#share === 1 && !this.#sampling;
      return { share: this.#share, part: WHOLE, oneIn: this.#sampling ? this.#sampleOneIn : 1 };
    }
    // A resting picture is drawn again, for instance after the browser dropped it: not by way of a coarse one.
    const part = this.#sharpening ?? this.#firstPart();
    this.#resting = part.index === part.count - 1;
    this.#sharpening = this.#resting ? null : { ...part, index: part.index + 1 };
    return { share: 1, part, oneIn: 1 };
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
    if (frame.part.count > 1) return;
    const took = performance.now() - started;
    this.#learn(took, frame);
    if (this.#resting) return;
    this.#restTimer = setTimeout(() => {
      this.#sharpening = this.#firstPart();
      this.#redraw();
    }, REST_MS + took);
  }

  #firstPart(): Part {
    return { index: 0, count: Math.min(MOST_PARTS, Math.max(1, Math.ceil(this.#sharpCost / PART_MS))) };
  }

  /** Fewer atoms before fewer pixels, more pixels before more atoms. */
  #learn(took: number, { share, oneIn }: Frame): void {
    this.#sharpCost = (took * oneIn) / share ** 2;
    // The sharp frame of a resting picture may take its time.
    const asDrawnInMotion = share <= this.#share && oneIn > 1 === this.#sampling;
    if (took < FAST_MS) {
      // Looked at every few ms, a fast frame does not tell how fast: all atoms are tried, once.
      if (this.#sampling && this.#share === 1 && !this.#mustSample) this.#sampling = false;
      this.#share = Math.min(1, Math.max(share, this.#share / STEP));
    } else if (took > SLOW_MS && asDrawnInMotion) {
      if (this.#sampling || this.#sampleOneIn === 1) {
        this.#share = Math.max(COARSEST, this.#share * STEP);
      } else {
        this.#sampling = true;
        this.#mustSample = true;
      }
    }
  }
}
