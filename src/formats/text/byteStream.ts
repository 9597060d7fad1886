import type { Control } from '#data/control.ts';
import { badInput, Refusal } from '#data/errors.ts';
import type { Bytes } from '../format.ts';

/** Work between two looks at the cancel flag: a few ms of hashing, inflating and parsing. */
const SLICE_BYTES = 128 * 1024;

/** The bytes of the file as given, in slices; `see` gets each (to hash it), `control` its size. */
export async function* readBytes(
  file: string,
  reader: ReadableStreamDefaultReader<Bytes>,
  see: (bytes: Bytes) => void,
  control?: Control,
): AsyncGenerator<Bytes> {
  for (;;) {
    const { done, value } = await reader.read().catch((thrown: unknown) => {
      throw badInput({ file, message: `the file could not be read (${String(thrown)})` });
    });
    if (done) return;
    for (let start = 0; start < value.length; start += SLICE_BYTES) {
      const slice = value.subarray(start, start + SLICE_BYTES);
      control?.advance(slice.length);
      see(slice);
      yield slice;
    }
  }
}

const GZIP_MAGIC = [0x1f, 0x8b];
/** Compressions that the platform cannot undo, by their first bytes. */
const FOREIGN_MAGIC = [
  { name: 'Zstandard', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
];

/**
 * The bytes, inflated where their first ones say gzip.
 * @throws Refusal for damaged or truncated gzip, and for a compression that cannot be undone here.
 */
export async function* inflate(file: string, chunks: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  const { head, rest } = await takeHead(chunks, 8);
  const startsWith = (magic: readonly number[]) => magic.every((byte, index) => head[index] === byte);
  const foreign = FOREIGN_MAGIC.find((magic) => startsWith(magic.bytes));
  if (foreign) throw badInput({ file, expected: 'plain text or gzip', found: `${foreign.name} data` });
  yield* startsWith(GZIP_MAGIC) ? gunzip(file, rest) : rest;
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
