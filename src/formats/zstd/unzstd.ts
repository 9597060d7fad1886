import { Decompress } from 'fzstd';
import { badInput, type Refusal } from '#data/errors.ts';
import { ByteInput, joinBytes } from '../bytes/byteInput.ts';
import type { Bytes } from '../format.ts';
import { Xxh64 } from './xxh64.ts';

/** First bytes of a frame of data, and of one that is to be skipped (pzstd writes them; the low half byte is free). */
const FRAME_MAGIC = 0xfd2f_b528;
const SKIPPABLE_MAGIC = 0x184d_2a50;
const MAGIC_LENGTH = 4;
const CHECKSUM_LENGTH = 4;
const RUN_LENGTH_BLOCK = 1;
const LARGEST_BLOCK = 128 * 1024;
/** What the zstd program takes without being asked for more. */
const LARGEST_WINDOW = 128 * 2 ** 20;
const SKIPPED_AT_ONCE = 64 * 1024;

/** Does a file that starts so hold Zstandard data? */
export function startsAsZstd(head: Uint8Array): boolean {
  return head.length >= MAGIC_LENGTH && isMagic(new DataView(head.buffer, head.byteOffset).getUint32(0, true));
}

function isMagic(word: number): boolean {
  return word === FRAME_MAGIC || (word & 0xffff_fff0) >>> 0 === SKIPPABLE_MAGIC;
}

/** What a frame says of itself (RFC 8878, section 3.1.1.1). */
interface FrameHeader {
  /** As it stands in the file, with the magic number. */
  readonly bytes: Bytes;
  readonly hasChecksum: boolean;
  /** Bytes of the content; null where the frame does not tell. */
  readonly contentSize: number | null;
}

/**
 * Undo Zstandard, block by block, frame after frame. The library sees one frame at a time, whose bounds are found here:
 * it looks at neither the checksum nor the stated length, by which damage shows.
 * @throws Refusal for data that are damaged, cut short, or compressed with a dictionary or a window of more than 128 MiB.
 */
export async function* unzstd(file: string, chunks: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  const input = new ByteInput(chunks);
  while (!(await input.ended())) {
    const magic = await takeWhole(file, input, MAGIC_LENGTH);
    const word = wordOf(magic);
    if (!isMagic(word)) throw damaged(file);
    if (word === FRAME_MAGIC) yield* readFrame(file, input, await readHeader(file, input, magic.slice()));
    else await skip(file, input, wordOf(await takeWhole(file, input, 4)));
  }
}

async function* readFrame(file: string, input: ByteInput, header: FrameHeader): AsyncGenerator<Bytes> {
  const { hasChecksum, contentSize } = header;
  const hash = new Xxh64();
  let length = 0;
  let out: Bytes[] = [];
  // The library hands out what it has just allocated, never shared memory.
  const stream = new Decompress((bytes) => out.push(bytes as Bytes));
  let held = header.bytes;
  for (let last = false; !last; ) {
    const block = await readBlock(file, input);
    last = block.last;
    const end = last && hasChecksum ? (await takeWhole(file, input, CHECKSUM_LENGTH)).slice() : new Uint8Array(0);
    // The library keeps every piece that ends where a block ends: one byte stays behind, for the next.
    const given = joinBytes([held, block.bytes, end]);
    const pushed = last ? given.length : given.length - 1;
    held = given.slice(pushed);
    push(file, stream, given.subarray(0, pushed), last);
    for (const bytes of out) {
      length += bytes.length;
      if (hasChecksum) hash.update(bytes);
      if (bytes.length > 0) yield bytes;
    }
    out = [];
    if (last && hasChecksum && hash.low32() !== wordOf(end)) throw damaged(file);
  }
  if (contentSize !== null && contentSize !== length) throw damaged(file);
}

/** The next block with its header: 3 bytes that tell whether it is the last, its kind and its size. */
async function readBlock(file: string, input: ByteInput): Promise<{ bytes: Bytes; last: boolean }> {
  const head = (await takeWhole(file, input, 3)).slice();
  const word = head[0]! | (head[1]! << 8) | (head[2]! << 16);
  if (word >> 3 > LARGEST_BLOCK) throw damaged(file);
  const size = ((word >> 1) & 3) === RUN_LENGTH_BLOCK ? 1 : word >> 3;
  return { bytes: joinBytes([head, await takeWhole(file, input, size)]), last: (word & 1) === 1 };
}

async function readHeader(file: string, input: ByteInput, magic: Bytes): Promise<FrameHeader> {
  const descriptor = (await takeWhole(file, input, 1)).slice();
  const flags = descriptor[0]!;
  const singleSegment = (flags & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
  const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][flags >> 6]!;
  const fields = (await takeWhole(file, input, (singleSegment ? 0 : 1) + dictionaryBytes + sizeBytes)).slice();
  if (fields.subarray(fields.length - sizeBytes - dictionaryBytes, fields.length - sizeBytes).some((byte) => byte > 0))
    throw badInput({ file, message: 'the Zstandard data need a dictionary, which is not there' });
  const stated = fields.subarray(fields.length - sizeBytes).reduceRight((sum, byte) => 256 * sum + byte, 0);
  // Two bytes count from 256.
  const contentSize = sizeBytes === 0 ? null : sizeBytes === 2 ? stated + 256 : stated;
  const windowLog = 10 + (fields[0]! >> 3);
  const window = singleSegment ? contentSize! : 2 ** windowLog * (1 + (fields[0]! & 7) / 8);
  if (window > LARGEST_WINDOW) {
    const message = 'the Zstandard data are compressed with a window of more than 128 MiB (--long=27 is the most)';
    throw badInput({ file, message });
  }
  return { bytes: joinBytes([magic, descriptor, fields]), hasChecksum: (flags & 4) !== 0, contentSize };
}

function push(file: string, stream: Decompress, bytes: Bytes, last: boolean): void {
  try {
    stream.push(bytes, last);
  } catch {
    // Garbled tables make it throw more than its own errors.
    throw damaged(file);
  }
}

async function skip(file: string, input: ByteInput, length: number): Promise<void> {
  for (let left = length; left > 0; left -= SKIPPED_AT_ONCE) {
    await takeWhole(file, input, Math.min(left, SKIPPED_AT_ONCE));
  }
}

async function takeWhole(file: string, input: ByteInput, length: number): Promise<Bytes> {
  const bytes = await input.take(length);
  if (bytes.length < length) throw damaged(file);
  return bytes;
}

function wordOf(bytes: Bytes): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function damaged(file: string): Refusal {
  return badInput({ file, message: 'the Zstandard data are damaged or cut short' });
}
