import {
  closeSync,
  createReadStream,
  fstatSync,
  mkdirSync,
  openAsBlob,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { MemoryLedger } from '#data/buffers.ts';
import type { NumericArray } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import type { ByteSource, Bytes, StageSource } from '#formats/format.ts';
import { LONGEST_NPY_HEADER, readNpyHeader } from '#formats/npy/read.ts';
import type { OutputFile } from '#pipeline/outputFile.ts';

/**
 * A file on disk as a source of bytes.
 * @throws Refusal where there is no such file.
 */
export function fileSource(path: string): ByteSource {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw badInput({ file: path, message: 'there is no such file' });
  const timeOf = () => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  let began: number | undefined;
  return {
    name: basename(path),
    byteLength: stats.size,
    stream() {
      began = timeOf();
      return Readable.toWeb(createReadStream(path, { highWaterMark: 1 << 20 })) as ReadableStream<Bytes>;
    },
    blob: () => openAsBlob(path),
    async verify() {
      if (timeOf() !== began) throw new Error('it was written to');
    },
  };
}

/**
 * A file, or a folder with all that lies below it, in the order of their paths.
 * @throws Refusal where there is neither.
 */
export function pathSource(path: string): StageSource {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return fileSource(path);
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .sort();
  return {
    name: basename(resolve(path)),
    files: files.map((file) => ({ path: relative(path, file).replaceAll(sep, '/'), source: fileSource(file) })),
  };
}

/**
 * A small text file, whole.
 * @throws Refusal where there is no such file.
 */
export function readText(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw badInput({ file: path, message: 'there is no such file' });
  }
  return readFileSync(path, 'utf8');
}

/**
 * A .npy file in memory of the ledger; it is never held twice.
 * @throws Refusal for a file that is none, and where there is no memory.
 */
export function readNpyFile(path: string, memory: MemoryLedger): NumericArray {
  const file = basename(path);
  const descriptor = openSync(path, 'r');
  try {
    const head = new Uint8Array(LONGEST_NPY_HEADER);
    const read = readSync(descriptor, head, 0, head.length, 0);
    const { dtype, length, start } = readNpyHeader(head.subarray(0, read), fstatSync(descriptor).size, file);
    const array = memory.allocate(file, dtype, length);
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let from = 0; from < bytes.length; ) {
      const count = readSync(descriptor, bytes, from, bytes.length - from, start + from);
      if (count === 0) throw badInput({ file, message: 'the file ends early' });
      from += count;
    }
    return array;
  } finally {
    closeSync(descriptor);
  }
}

/** One call may write less than it was given: beyond 2 GiB it does. */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from);
}

/** Write files below a folder, and return their paths. Each appears under its name only when it is whole. */
export function writeFiles(folder: string, files: Iterable<OutputFile>): Set<string> {
  const written = new Set<string>();
  for (const { path, chunks, executable } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const partial = `${target}.part`;
    const descriptor = openSync(partial, 'w', executable ? 0o777 : 0o666);
    for (const chunk of chunks) writeWhole(descriptor, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    closeSync(descriptor);
    renameSync(partial, target);
    written.add(path);
  }
  return written;
}
