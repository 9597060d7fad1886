import { MemoryLedger } from '#data/buffers.ts';
import { type Failure, Refusal } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { ByteSource, Bytes, FrameChoice } from './format.ts';
import { readSnapshot } from './readSnapshot.ts';

/** Bytes in memory as a source that hands out `chunkSize` of them at a time. */
export function bytesSource(bytes: Bytes, name = 'test', chunkSize = 65_536): ByteSource {
  return {
    name,
    byteLength: bytes.length,
    stream() {
      let at = 0;
      return new ReadableStream({
        pull(controller) {
          if (at >= bytes.length) controller.close();
          else controller.enqueue(bytes.slice(at, at + chunkSize));
          at += chunkSize;
        },
      });
    },
  };
}

export function textBytes(text: string): Bytes {
  return new TextEncoder().encode(text);
}

export async function gzip(bytes: Bytes): Promise<Bytes> {
  const zipped = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(zipped).arrayBuffer());
}

/** Read a snapshot out of a text. */
export function readText(text: string, frame: FrameChoice = 'last', memory = new MemoryLedger()): Promise<Snapshot> {
  return readSnapshot(bytesSource(textBytes(text)), { frame, memory });
}

/** The failure that a promise was refused with. Anything else, success included, is thrown. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.failure;
    throw thrown;
  }
  throw new Error('this was not refused');
}
