import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { OutputFile } from '#pipeline/outputFile.ts';

/** "Made by Unix": only then do unpacking programs look at modes. */
const UNIX = 3;
/** A regular file that everybody may run, in the upper half of the attributes as Unix has it. */
const EXECUTABLE = 0o100755 * 0x1_0000;
/** Bytes that go in at once where they go in as they are. */
const SLICE = 1 << 22;

/** Pack files into one zip, chunk by chunk: no file is ever one string. */
export async function zipFiles(files: Iterable<OutputFile>): Promise<Blob> {
  const parts: BlobPart[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else parts.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const { path, chunks, executable, stored } of files) {
    const entry = stored ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    if (executable) Object.assign(entry, { os: UNIX, attrs: EXECUTABLE });
    zip.add(entry);
    for (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? strToU8(chunk) : chunk;
      if (!stored) entry.push(bytes);
      // What goes in as it is stands in the archive as it is: a copy, which never lies in shared memory.
      else for (let at = 0; at < bytes.length; at += SLICE) entry.push(bytes.slice(at, at + SLICE));
    }
    entry.push(new Uint8Array(0), true);
    if (failure) throw failure;
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}
