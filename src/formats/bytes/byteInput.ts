import type { Bytes } from '../format.ts';

/** A stream of bytes that is read in pieces of the reader's own choice, once, from start to end. */
export class ByteInput {
  readonly #chunks: AsyncGenerator<Bytes>;
  #chunk: Bytes = new Uint8Array(0);
  #at = 0;
  #offset = 0;

  constructor(chunks: AsyncGenerator<Bytes>) {
    this.#chunks = chunks;
  }

  /** 0-based place of the next byte in the stream. */
  get offset(): number {
    return this.#offset;
  }

  /** The next `length` bytes, fewer only where the stream ends. Valid until the next call. */
  async take(length: number): Promise<Bytes> {
    const pieces: Bytes[] = [];
    let missing = length;
    while (missing > 0 && (await this.#fill())) {
      const piece = this.#chunk.subarray(this.#at, this.#at + missing);
      pieces.push(piece);
      this.#at += piece.length;
      missing -= piece.length;
    }
    this.#offset += length - missing;
    return joinBytes(pieces);
  }

  async ended(): Promise<boolean> {
    return !(await this.#fill());
  }

  /** Is there a byte at hand? Waits for one until the stream ends. */
  async #fill(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#chunk = value;
      this.#at = 0;
    }
    return true;
  }
}

/** All pieces in one array; a single piece is given back as it is. */
export function joinBytes(pieces: readonly Bytes[]): Bytes {
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
