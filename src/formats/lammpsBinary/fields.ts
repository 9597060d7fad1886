import { badInput, type Refusal } from '#data/errors.ts';
import type { ByteInput } from '../bytes/byteInput.ts';
import type { Bytes } from '../format.ts';

/** The numbers of a little-endian file, one after the other; each is asked for with what it is, for sentences. */
export class BinaryFields {
  /** For sentences. */
  readonly file: string;
  readonly #input: ByteInput;
  #start = 0;

  constructor(file: string, input: ByteInput) {
    this.file = file;
    this.#input = input;
  }

  /** 0-based place of the next byte. */
  get offset(): number {
    return this.#input.offset;
  }

  ended(): Promise<boolean> {
    return this.#input.ended();
  }

  async int32(what: string): Promise<number> {
    return viewOf(await this.bytes(4, what)).getInt32(0, true);
  }

  async int64(what: string): Promise<number> {
    return Number(viewOf(await this.bytes(8, what)).getBigInt64(0, true));
  }

  async doubles(count: number, what: string): Promise<number[]> {
    const view = viewOf(await this.bytes(8 * count, what));
    return Array.from({ length: count }, (_, k) => view.getFloat64(8 * k, true));
  }

  /** Plain ASCII. */
  async text(length: number, what: string): Promise<string> {
    return new TextDecoder('latin1').decode(await this.bytes(length, what));
  }

  /** @throws Refusal where the file ends before. */
  async bytes(length: number, what: string): Promise<Bytes> {
    this.#start = this.#input.offset;
    const bytes = await this.#input.take(length);
    if (bytes.length === length) return bytes;
    const found = `the end of the file after ${bytes.length}`;
    throw badInput({ file: this.file, byte: this.#start, expected: `${length} bytes of ${what}`, found });
  }

  /** For a number that was read last and cannot be. */
  refuse(expected: string, found: number | string): Refusal {
    return badInput({ file: this.file, byte: this.#start, expected, found: `${found}` });
  }
}

export function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
