/**
 * A look that comes so late tells of a machine that slept, or of a page that was frozen or starved, rather than of the
 * threads: they had no time either.
 */
const CLOCK_JUMP_MS = 1000;

/** How long nobody gave a sign of life, as seen by somebody who looks many times a second. */
export class Silence {
  #beat = Number.NaN;
  #since = 0;
  #lastLook = Number.NEGATIVE_INFINITY;

  /**
   * @param beat Changes with every sign of life.
   * @param now ms on a clock that does not go backwards.
   * @returns Silence so far, ms; it starts anew after a jump of the clock.
   */
  look(beat: number, now: number): number {
    if (beat !== this.#beat || now - this.#lastLook > CLOCK_JUMP_MS) this.#since = now;
    this.#beat = beat;
    this.#lastLook = now;
    return now - this.#since;
  }
}
