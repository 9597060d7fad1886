import { gunzipSync, Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { badInput } from '#data/errors.ts';
import type { Bytes } from '../format.ts';
import { type FoundFile, HEAD_LENGTH, type Wanted } from './found.ts';

/**
 * The files of a zip archive as its bytes come; it is never held whole.
 * @throws Refusal where the archive is damaged or cut short.
 */
export async function* eachInZip(
  file: string,
  chunks: AsyncGenerator<Bytes>,
  wanted: Wanted,
): AsyncGenerator<FoundFile> {
  const found: FoundFile[] = [];
  let open = 0;
  let entries = 0;
  let tail: Uint8Array = new Uint8Array(0);
  const unzip = new Unzip((entry) => {
    entries += 1;
    if (entry.name.endsWith('/')) return;
    open += 1;
    collect(entry, wanted, (result) => {
      open -= 1;
      found.push(result);
    });
  });
  unzip.register(UnzipInflate);
  const damaged = () => badInput({ file, message: 'the zip archive is damaged or cut short' });
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      unzip.push(bytes, last);
    } catch {
      throw damaged();
    }
    return found.splice(0);
  };
  for await (const chunk of chunks) {
    tail = join([tail, chunk]).slice(-TAIL_BYTES);
    yield* push(chunk, false);
  }
  yield* push(new Uint8Array(0), true);
  const listed = listedEntries(tail);
  if (open > 0 || listed === null || listed > entries) throw damaged();
}

/** The last record of an archive and the longest remark that anybody writes behind it. */
const TAIL_BYTES = 4096;
const END_RECORD = [0x50, 0x4b, 0x05, 0x06];

/** Number of entries that the end of an archive names, as far as it can; null where the end is missing. */
function listedEntries(tail: Uint8Array): number | null {
  for (let at = tail.length - 22; at >= 0; at--) {
    if (!END_RECORD.every((byte, index) => tail[at + index] === byte)) continue;
    const count = tail[at + 10]! + 256 * tail[at + 11]!;
    return count === 0xffff ? 0 : count;
  }
  return null;
}

/** Gather one entry, and call `done` once with it. */
function collect(entry: UnzipFile, wanted: Wanted, done: (found: FoundFile) => void): void {
  const path = entry.name;
  const parts: Uint8Array[] = [];
  let size = 0;
  let finished = false;
  const finish = (found: Omit<FoundFile, 'path'>) => {
    if (!finished) done({ path, ...found });
    finished = true;
    parts.length = 0;
  };
  entry.ondata = (error, data, final) => {
    if (finished) return;
    if (error) return finish({ text: null, problem: `${path}: damaged in the archive` });
    parts.push(data);
    size += data.length;
    const zipped = parts[0]?.[0] === 0x1f && parts[0]?.[1] === 0x8b;
    // What is gzipped inside the archive is judged when all of it is there.
    if (
      !zipped &&
      size >= HEAD_LENGTH &&
      size - data.length < HEAD_LENGTH &&
      !wanted(path, decode(parts, HEAD_LENGTH))
    ) {
      return finish({ text: null });
    }
    if (!final) return;
    try {
      const bytes = zipped ? [gunzipSync(join(parts))] : parts;
      finish({ text: wanted(path, decode(bytes, HEAD_LENGTH)) ? decode(bytes) : null });
    } catch {
      finish({ text: null, problem: `${path}: the gzip data are damaged or cut short` });
    }
  };
  try {
    entry.start();
  } catch {
    finish({ text: null, problem: `${path}: packed in a way that cannot be undone here` });
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** As text, as far as `limit` bytes. */
function decode(parts: readonly Uint8Array[], limit = Number.POSITIVE_INFINITY): string {
  const decoder = new TextDecoder();
  let text = '';
  let left = limit;
  for (const part of parts) {
    text += decoder.decode(part.subarray(0, Math.min(part.length, left)), { stream: true });
    left -= part.length;
    if (left <= 0) break;
  }
  return text + decoder.decode();
}
