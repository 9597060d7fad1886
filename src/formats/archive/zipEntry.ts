import { FlateErrorCode, Gunzip, strFromU8, type UnzipFile } from 'fflate';
import { GZIP_MAGIC, startsWith, ZIP_MAGIC } from '../text/byteStream.ts';
import { type FoundFile, HEAD_LENGTH, type Wanted } from './found.ts';
import { LONGEST_FILE, type Swelling, tooLong } from './limits.ts';

const FOREIGN = 'packed in a way that cannot be undone here';

/**
 * Gather one entry of an archive, and call `done` once with it.
 * @param swelling Counts what comes out of it.
 */
export function collectEntry(
  entry: UnzipFile,
  path: string,
  { wanted, swelling }: { readonly wanted: Wanted; readonly swelling: Swelling },
  done: (found: FoundFile) => void,
): void {
  let finished = false;
  const finish = (found: Omit<FoundFile, 'path'>) => {
    if (!finished) done({ path, ...found });
    finished = true;
  };
  const text = new GatheredText(path, wanted, finish);
  let gunzip: Gunzip | null = null;
  let begun = false;
  entry.ondata = (error, data, final) => {
    // What nobody wants is unpacked all the same.
    if (data) swelling.give(data.length);
    if (finished) return;
    if (error) {
      const foreign = error.code === FlateErrorCode.UnknownCompressionMethod;
      return finish({ text: null, problem: `${path}: ${foreign ? FOREIGN : 'damaged in the archive'}` });
    }
    if (!begun && data.length > 0) {
      begun = true;
      if (startsWith(data, ZIP_MAGIC)) {
        return finish({
          text: null,
          problem: `${path}: an archive inside the archive; unpack it and give it by itself`,
        });
      }
      if (startsWith(data, GZIP_MAGIC)) {
        gunzip = new Gunzip((chunk, last) => {
          swelling.give(chunk.length);
          text.add(chunk, last);
        });
      }
    }
    if (!gunzip) return text.add(data, final);
    try {
      gunzip.push(data, final);
    } catch {
      finish({ text: null, problem: `${path}: the gzip data are damaged or cut short` });
    }
    if (final) finish({ text: null, problem: `${path}: the gzip data are damaged or cut short` });
  };
  try {
    entry.start();
  } catch {
    finish({ text: null, problem: `${path}: ${FOREIGN}` });
  }
}

/** The text of a file as its bytes come; where nobody wants it, no more than its beginning is kept. */
class GatheredText {
  readonly #path: string;
  readonly #wanted: Wanted;
  readonly #finish: (found: Omit<FoundFile, 'path'>) => void;
  #parts: Uint8Array[] = [];
  #size = 0;
  #judged = false;
  #over = false;

  constructor(path: string, wanted: Wanted, finish: (found: Omit<FoundFile, 'path'>) => void) {
    this.#path = path;
    this.#wanted = wanted;
    this.#finish = finish;
  }

  add(data: Uint8Array, last: boolean): void {
    if (this.#over) return;
    this.#parts.push(data);
    this.#size += data.length;
    if (!this.#judged && (last || this.#size >= HEAD_LENGTH)) {
      this.#judged = true;
      if (!this.#wanted(this.#path, decode(this.#parts, HEAD_LENGTH))) this.#end({ text: null });
    }
    if (this.#over) return;
    if (this.#size > LONGEST_FILE) this.#end({ text: null, problem: tooLong(this.#path) });
    else if (last) this.#end({ text: decode(this.#parts) });
  }

  #end(found: Omit<FoundFile, 'path'>): void {
    this.#over = true;
    this.#parts = [];
    this.#finish(found);
  }
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

const LOCAL_HEADER_BYTES = 30;
const ENCRYPTED = 1;
const UTF8 = 0x800;

/**
 * The header of an entry by its name, from a place in some bytes on: fflate tells the name only. Null where it is not there.
 */
export function findHeader(bytes: Uint8Array, name: string, from: number): { at: number; encrypted: boolean } | null {
  for (let at = bytes.indexOf(ZIP_MAGIC[0]!, from); at >= 0; at = bytes.indexOf(ZIP_MAGIC[0]!, at + 1)) {
    if (!startsWith(bytes.subarray(at, at + ZIP_MAGIC.length), ZIP_MAGIC)) continue;
    const flags = bytes[at + 6]! | (bytes[at + 7]! << 8);
    const length = bytes[at + 26]! | (bytes[at + 27]! << 8);
    const named = bytes.subarray(at + LOCAL_HEADER_BYTES, at + LOCAL_HEADER_BYTES + length);
    if (strFromU8(named, (flags & UTF8) === 0) === name) return { at, encrypted: (flags & ENCRYPTED) !== 0 };
  }
  return null;
}
