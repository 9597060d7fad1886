import { badInput } from '#data/errors.ts';
import type { ChosenFrame, FrameData, ReaderContext } from '../format.ts';

/** Counts the frames of a file and keeps the chosen one; for `last`, the latest until a later one begins. */
export class FrameKeeper<Line extends number | null = number> {
  readonly #context: ReaderContext;
  #begun = 0;
  #kept: { data: FrameData<Line>; index: number } | null = null;

  constructor(context: ReaderContext) {
    this.#context = context;
  }

  /** A further frame begins: is it wanted? Gives back the arrays of the one it replaces. */
  begin(): boolean {
    const index = this.#begun++;
    const { frame } = this.#context;
    if (frame !== 'last') return index === (frame === 'first' ? 0 : frame);
    if (this.#kept) {
      const { ids, types, position, columns } = this.#kept.data;
      this.#context.release(ids ?? undefined, types, position, ...columns.map((column) => column.array));
      this.#kept = null;
    }
    return true;
  }

  /** The wanted frame is complete. */
  keep(data: FrameData<Line>): void {
    this.#kept = { data, index: this.#begun - 1 };
  }

  /** 0-based number of the frame that began last. */
  get index(): number {
    return this.#begun - 1;
  }

  /** @throws Refusal where the file has no such frame. */
  finish(): ChosenFrame<Line> {
    if (this.#kept) return { ...this.#kept, frameCount: this.#begun };
    throw badInput({
      file: this.#context.file,
      message: 'there is no such frame',
      expected: `frame ${this.#context.frame} (counted from 0)`,
      found: `${this.#begun} ${this.#begun === 1 ? 'frame' : 'frames'} in the file`,
    });
  }
}
