import { badInput } from '#data/errors.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE = 1024 * 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Takes one line: `bytes[start, end)` without its line end; `line` is 1-based. */
export type TakeLine = (bytes: Uint8Array, start: number, end: number, line: number) => void;

/**
 * Cuts a stream of byte chunks into lines (LF or CRLF; a byte order mark at the start is dropped) without copying any
 * line but those that a chunk boundary cuts.
 */
export class LineSplitter {
  readonly #file: string;
  readonly #take: TakeLine;
  /** Start of a line whose end has not come yet. */
  #pending = new Uint8Array(0);
  #line = 0;

  constructor(file: string, take: TakeLine) {
    this.#file = file;
    this.#take = take;
  }

  /** @throws Refusal for a line longer than 1 MiB, and whatever `take` throws. */
  push(chunk: Uint8Array): void {
    let start = 0;
    let end = chunk.indexOf(LINE_FEED);
    if (this.#pending.length > 0) {
      const head = chunk.subarray(0, end < 0 ? chunk.length : end);
      this.#checkLength(this.#pending.length + head.length);
      const joined = new Uint8Array(this.#pending.length + head.length);
      joined.set(this.#pending);
      joined.set(head, this.#pending.length);
      if (end < 0) {
        this.#pending = joined;
        return;
      }
      this.#pending = new Uint8Array(0);
      this.#emit(joined, 0, joined.length);
      start = end + 1;
      end = chunk.indexOf(LINE_FEED, start);
    }
    while (end >= 0) {
      this.#emit(chunk, start, end);
      start = end + 1;
      end = chunk.indexOf(LINE_FEED, start);
    }
    this.#checkLength(chunk.length - start);
    this.#pending = chunk.slice(start);
  }

  /** Give out what stands after the last line end. Tells the number of lines and whether the last one was ended. */
  finish(): { line: number; ended: boolean } {
    const ended = this.#pending.length === 0;
    if (!ended) this.#emit(this.#pending, 0, this.#pending.length);
    this.#pending = new Uint8Array(0);
    return { line: this.#line, ended };
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    this.#checkLength(end - start);
    let from = start;
    if (this.#line === 0 && BYTE_ORDER_MARK.every((byte, index) => bytes[start + index] === byte)) from += 3;
    const to = end > from && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    this.#line++;
    this.#take(bytes, from, to, this.#line);
  }

  #checkLength(length: number): void {
    if (length <= LONGEST_LINE) return;
    throw badInput({
      file: this.#file,
      line: this.#line + 1,
      message: 'this line is longer than 1 MiB, so this is no text file of atoms',
    });
  }
}
