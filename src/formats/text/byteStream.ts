import type { Control } from '#data/control.ts';
import { badInput, Refusal } from '#data/errors.ts';
import type { ByteSource, Bytes } from '../format.ts';
import { startsAsZstd, unzstd } from '../zstd/unzstd.ts';

/** Work between two looks at the cancel flag: a few ms of hashing, inflating and parsing. */
const SLICE_BYTES = 128 * 1024;

const CHANGED = 'the file was changed, moved or removed since it was chosen: open it again';

/**
 * The bytes of the file as given, in slices; `see` gets each (to hash it), `control` its size.
 * @throws Refusal where the file cannot be read, or was changed since it was chosen.
 */
export async function* readBytes(
  { name: file, byteLength, verify }: Omit<ByteSource, 'stream'>,
  reader: ReadableStreamDefaultReader<Bytes>,
  see: (bytes: Bytes) => void,
  control?: Control,
): AsyncGenerator<Bytes> {
  const refuseChanged = () =>
    verify?.().catch(() => {
      throw badInput({ file, message: CHANGED });
    });
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(async (thrown: unknown) => {
      // Browsers give a changed file many names, "network error" among them.
      await refuseChanged();
      throw badInput({ file, message: `the file could not be read (${String(thrown)})` });
    });
    read += value?.length ?? 0;
    // Said before what was added is taken for a part of the file.
    if (done ? read !== byteLength : read > byteLength) throw badInput({ file, message: CHANGED });
    if (done) {
      await refuseChanged();
      return;
    }
    for (let start = 0; start < value.length; start += SLICE_BYTES) {
      const slice = value.subarray(start, start + SLICE_BYTES);
      control?.advance(slice.length);
      see(slice);
      yield slice;
    }
  }
}

/** Enough to know any compression by. */
export const MAGIC_BYTES = 8;
export const GZIP_MAGIC = [0x1f, 0x8b];
/** Of an archive with a file in it, and of every file in one. */
export const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
/** Deflate makes nothing smaller than this (258 bytes in 2 bits), */
const LARGEST_INFLATION = 1032;
/** and Zstandard nothing smaller than this (a block of 128 KiB in 4 bytes). */
const LARGEST_EXPANSION = 32_768;
/** Compressions that are not undone here, by their first bytes. */
const FOREIGN_MAGIC = [
  { name: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: 'zip', bytes: ZIP_MAGIC },
];

/** How many times its own size a file can hold, by its first bytes. */
export function mostExpansion(head: Bytes): number {
  return startsAsZstd(head) ? LARGEST_EXPANSION : isGzip(head) ? LARGEST_INFLATION : 1;
}

/**
 * The bytes, decompressed where their first ones say gzip or Zstandard.
 * @throws Refusal for damaged or truncated data, and for a compression that cannot be undone here.
 */
export async function* inflate(file: string, chunks: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  const { head, rest } = await takeHead(chunks, MAGIC_BYTES);
  const foreign = FOREIGN_MAGIC.find((magic) => startsWith(head, magic.bytes));
  if (foreign) throw badInput({ file, expected: 'plain data, gzip or Zstandard', found: `${foreign.name} data` });
  yield* startsAsZstd(head) ? unzstd(file, rest) : isGzip(head) ? gunzip(file, rest) : rest;
}

const isGzip = (head: Bytes) => startsWith(head, GZIP_MAGIC);

/** Whether bytes begin as files of a kind do. */
export function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

async function* gunzip(file: string, chunks: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  // A refusal from further up (a cancel, a file that vanished) must not be told as damaged gzip.
  let refusal: Refusal | undefined;
  const feed = async () => {
    try {
      for await (const chunk of chunks) await writer.write(chunk);
      await writer.close();
    } catch (thrown) {
      if (thrown instanceof Refusal) refusal = thrown;
      await writer.abort(thrown).catch(() => {});
    }
  };
  const fed = feed();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(async () => {
        await fed;
        throw refusal ?? badInput({ file, message: 'the gzip data are damaged or cut short' });
      });
      if (done) break;
      yield value as Bytes;
    }
    // What follows the compressed data belongs to the file, and so to its hash.
    await fed;
    if (refusal) throw refusal;
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** At least `length` bytes from the start of a stream (fewer where it is shorter), and the whole stream again. */
export async function takeHead(
  chunks: AsyncGenerator<Bytes>,
  length: number,
): Promise<{ head: Bytes; rest: AsyncGenerator<Bytes> }> {
  let head: Bytes = new Uint8Array(0);
  while (head.length < length) {
    const { done, value } = await chunks.next();
    if (done) break;
    const joined = new Uint8Array(head.length + value.length);
    joined.set(head);
    joined.set(value, head.length);
    head = joined;
  }
  return { head, rest: prepend(head, chunks) };
}

async function* prepend(head: Bytes, chunks: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  yield head;
  yield* chunks;
}
