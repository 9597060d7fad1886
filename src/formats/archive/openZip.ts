import {
  BlobReader,
  configure,
  ERR_UNSAFE_FILENAME,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-external.js';
import { badInput } from '#data/errors.ts';
import type { Bytes } from '../format.ts';
import { MOST_ENTRIES } from './limits.ts';

/** Whoever reads an archive is in a worker already. */
configure({ useWebWorkers: false });

/** A file in an archive that is open. */
export interface ZippedFile {
  readonly path: string;
  /** Bytes when unpacked, as the archive says; no more are ever handed out. */
  readonly byteLength: number;
  /**
   * The bytes, piece by piece; they are checked against the archive's sum when the last has come. Whoever stops before
   * has to end them (`return`): not many files are unpacked at a time.
   * @throws Refusal where they are damaged, or more or fewer than the archive says.
   */
  bytes(): AsyncGenerator<Bytes>;
}

/**
 * The files of an archive whose bytes can be read from anywhere, by path: only what is asked for is unpacked.
 * @param file For sentences.
 * @throws Refusal where it is no zip archive, is damaged or encrypted.
 */
export async function openZip(blob: Blob, file: string): Promise<ReadonlyMap<string, ZippedFile>> {
  const reader = new ZipReader(new BlobReader(blob));
  const refuse = (message: string) => badInput({ file, message });
  try {
    const files = new Map<string, ZippedFile>();
    for (const entry of await reader.getEntries()) {
      if (entry.directory) continue;
      if (entry.encrypted) throw refuse(`${entry.filename} is encrypted`);
      if (files.size === MOST_ENTRIES) throw refuse(`it has more than ${MOST_ENTRIES} files`);
      files.set(entry.filename, {
        path: entry.filename,
        byteLength: entry.uncompressedSize,
        bytes: () => unpack(entry, refuse),
      });
    }
    return files;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'Refusal') throw thrown;
    const leadsOut = thrown instanceof Error && thrown.message === ERR_UNSAFE_FILENAME;
    throw refuse(leadsOut ? 'a path in it leads out of it' : 'it is no zip archive, or cut short');
  }
}

async function* unpack(entry: FileEntry, refuse: (message: string) => Error): AsyncGenerator<Bytes> {
  const { readable, writable } = new TransformStream<Bytes, Bytes>();
  const reader = readable.getReader();
  const unpacked = entry.getData(writable, { checkSignature: true }).then(
    () => true,
    () => false,
  );
  // A failure before the first byte says nothing to the stream, whose reader would wait for ever.
  unpacked.then((whole) => {
    if (!whole) reader.cancel().catch(() => {});
  });
  const damaged = () => refuse(`${entry.filename} is damaged in the archive`);
  let left = entry.uncompressedSize;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw damaged();
      });
      if (done) break;
      left -= value.length;
      if (left < 0) throw refuse(`${entry.filename} holds more than the archive says`);
      yield value;
    }
    if (!(await unpacked)) throw damaged();
    if (left > 0) throw refuse(`${entry.filename} is cut short in the archive`);
  } finally {
    // Whoever stops early ends the unpacking.
    await reader.cancel().catch(() => {});
    await unpacked;
  }
}
