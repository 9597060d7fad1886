import {
  BlobReader,
  configure,
  ERR_UNSAFE_FILENAME,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-external.js';
import { badInput } from '#data/errors.ts';
import { MOST_ENTRIES } from './limits.ts';

/** Whoever reads an archive is in a worker already. */
configure({ useWebWorkers: false });

/** A file in an archive that is open. */
export interface ZippedFile {
  readonly path: string;
  /** Bytes when unpacked, as the archive says; no more are ever handed out. */
  readonly byteLength: number;
  /**
   * The bytes, piece by piece; each is checked against the archive's sum when the last has come.
   * @throws Refusal where they are damaged, or more or fewer than the archive says.
   */
  read(take: (bytes: Uint8Array) => void): Promise<void>;
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
        read: (take) => unpack(entry, take, refuse),
      });
    }
    return files;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'Refusal') throw thrown;
    const leadsOut = thrown instanceof Error && thrown.message === ERR_UNSAFE_FILENAME;
    throw refuse(leadsOut ? 'a path in it leads out of it' : 'it is no zip archive, or cut short');
  }
}

async function unpack(
  entry: FileEntry,
  take: (bytes: Uint8Array) => void,
  refuse: (message: string) => Error,
): Promise<void> {
  let left = entry.uncompressedSize;
  const more = () => refuse(`${entry.filename} holds more than the archive says`);
  let problem: Error | null = null;
  const writable = new WritableStream<Uint8Array>({
    write(bytes) {
      left -= bytes.length;
      if (left < 0) {
        problem = more();
        throw problem;
      }
      try {
        take(bytes);
      } catch (thrown) {
        problem = thrown as Error;
        throw thrown;
      }
    },
  });
  try {
    await entry.getData(writable, { checkSignature: true });
  } catch {
    throw problem ?? refuse(`${entry.filename} is damaged in the archive`);
  }
  if (left > 0) throw refuse(`${entry.filename} is cut short in the archive`);
}
