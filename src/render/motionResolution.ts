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

/** Some of the atoms of a picture: number `index`, of `count` parts of about equal size, the nearest first. */
export interface Part {
  readonly index: number;
  readonly count: number;
}
export const WHOLE: Part = { index: 0, count: 1 };

/** What to draw: a part of a picture with this share of the full number of pixels along each side. */
export interface Frame {
  readonly share: number;
  readonly part: Part;
  /** One in so many atoms; 1 is all of them. */
  readonly oneIn: number;
  /** Whether hollows are darkened, once all parts are drawn. */
  readonly shaded: boolean;
}

/**
 * How much to draw: everything where the machine is fast; on a slow one (software rendering, a big model) a sample of
 * the atoms, then fewer pixels, while the picture changes, and everything, part by part, once it rests. It learns from
 * the time that frames take.
 */
export class MotionResolution {
  /** Share of the pixels for changing pictures. Starts with a quarter of them, until frames are timed. */
  #share = 0.5;
  /** Whether changing pictures show a sample of the atoms only. So at first, until frames are timed. */
  #sampling = true;
  /** Whether all atoms were tried, and were too slow. */
  #mustSample = false;
  /** Whether changing pictures are shaded. Not at first, until frames are timed. */
  #shading = false;
  /** Whether they were, and that was too slow. */
  #mustBePlain = false;
  /** Expected time of a whole sharp picture, ms. */
  #sharpCost = 0;
  /** How much the guess from changing pictures was off, the last time. */
  #correction = 1;
  #spent = 0;
  #sampleOneIn = 1;
  #sharpening: Part | null = null;
  #resting = false;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #redraw: () => void;
  /** Whether whole pictures are shaded. */
  shades = true;

  /** @param redraw Called when the picture rests: `next` is to be asked for the whole one. */
  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Whether a sharp picture is begun, or due, and not whole yet. */
  get unfinished(): boolean {
    return this.#sharpening !== null;
  }

  /**
   * The frame to draw now.
   * @param changed Whether the picture is no longer the one last drawn; what was begun of that is dropped.
   * @param sampleOneIn A sample would be one in so many atoms; 1 where there are too few for samples.
   */
  next(changed: boolean, sampleOneIn: number): Frame {
    clearTimeout(this.#restTimer);
    this.#sampleOneIn = sampleOneIn;
    if (changed || !(this.#sharpening || this.#resting)) {
      this.#sharpening = null;
      const oneIn = this.#sampling ? sampleOneIn : 1;
      const shaded = this.shades && this.#shading && this.#share === 1 && oneIn === 1;
      this.#resting = this.#share === 1 && oneIn === 1 && shaded === this.shades;
      return { share: this.#share, part: WHOLE, oneIn, shaded };
    }
    // A resting picture is drawn again, for instance after the browser dropped it: not by way of a coarse one.
    const part = this.#sharpening ?? this.#firstPart();
    this.#resting = part.index === part.count - 1;
    this.#sharpening = this.#resting ? null : { ...part, index: part.index + 1 };
    return { share: 1, part, oneIn: 1, shaded: this.shades && part.index === part.count - 1 };
  }

  /** The GPU is done with a frame, in `took` ms. */
  finished(frame: Frame, took: number): void {
    const { share, part, oneIn, shaded } = frame;
    if (part.count > 1) {
      this.#spent = part.index === 0 ? took : this.#spent + took;
      if (part.index === part.count - 1) this.#correct(this.#spent);
      return;
    }
    if (share === 1 && oneIn === 1 && shaded === this.shades) this.#correct(took);
    else this.#sharpCost = ((took * oneIn) / share ** 2) * this.#correction;
    this.#learn(took, frame);
    if (this.#resting) return;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#sharpening = this.#firstPart();
      this.#redraw();
    }, REST_MS + took);
  }

  dispose(): void {
    clearTimeout(this.#restTimer);
  }

  #firstPart(): Part {
    return { index: 0, count: Math.min(MOST_PARTS, Math.max(1, Math.ceil(this.#sharpCost / PART_MS))) };
  }

  #correct(cost: number): void {
    if (this.#sharpCost > 0) this.#correction *= cost / this.#sharpCost;
    this.#sharpCost = cost;
  }

  /** No shading before fewer atoms, these before fewer pixels; back the other way about. */
  #learn(took: number, { share, oneIn, shaded }: Frame): void {
    const allTried = oneIn > 1 || !this.#sampling || this.#sampleOneIn === 1;
    // The sharp frame of a resting picture may take its time.
    const asDrawnInMotion = share <= this.#share && allTried && (!shaded || this.#shading);
    if (took < FAST_MS) {
      // Looked at every few ms, a fast frame does not tell how fast: all atoms are tried, once, and then shading.
      if (share === 1 && oneIn === 1 && !this.#mustBePlain) this.#shading = true;
      if (this.#sampling && this.#share === 1 && !this.#mustSample) this.#sampling = false;
      this.#share = Math.min(1, Math.max(share, this.#share / STEP));
    } else if (took > SLOW_MS && asDrawnInMotion) {
      if (shaded) {
        this.#shading = false;
        this.#mustBePlain = true;
      } else if (this.#sampling || this.#sampleOneIn === 1) {
        this.#share = Math.max(COARSEST, this.#share * STEP);
      } else {
        this.#sampling = true;
        this.#mustSample = true;
      }
    }
  }
}
