import { Unzip, UnzipInflate } from 'fflate';
import { badInput, Refusal } from '#data/errors.ts';
import type { Bytes } from '../format.ts';
import type { FoundFile, Wanted } from './found.ts';
import { MOST_ENTRIES, pathWithin, Swelling } from './limits.ts';
import { collectEntry, findHeader } from './zipEntry.ts';

/**
 * The files of a zip archive as its bytes come; it is never held whole. A file that cannot be read is told as such:
 * damaged, encrypted, an archive itself, far too long, or with a path that leads out of the archive.
 * @throws Refusal where the archive is damaged or cut short, has too many files, or unpacks to far more than it is.
 */
export async function* eachInZip(
  file: string,
  chunks: AsyncGenerator<Bytes>,
  wanted: Wanted,
  mostEntries = MOST_ENTRIES,
): AsyncGenerator<FoundFile> {
  const found: FoundFile[] = [];
  const swelling = new Swelling(file);
  let open = 0;
  let entries = 0;
  /** What was read last: the header of an entry lies in it when the entry is found. */
  let recent: Uint8Array = new Uint8Array(0);
  /** Headers before this place of it were found already. */
  let after = 0;
  const unzip = new Unzip((entry) => {
    entries += 1;
    if (entries > mostEntries) throw badInput({ file, message: `it has more than ${mostEntries} files` });
    if (entry.name.endsWith('/')) return;
    const path = pathWithin(entry.name);
    const header = findHeader(recent, entry.name, after);
    if (header) after = header.at + 1;
    const unusable = (problem: string) => void found.push({ path: path ?? entry.name, text: null, problem });
    if (path === null) return unusable(`${entry.name}: its path leads out of the archive`);
    if (header?.encrypted) return unusable(`${path}: encrypted; unpack the archive first`);
    open += 1;
    collectEntry(entry, path, { wanted, swelling }, (result) => {
      open -= 1;
      found.push(result);
    });
  });
  unzip.register(UnzipInflate);
  const damaged = () => badInput({ file, message: 'the zip archive is damaged or cut short' });
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      unzip.push(bytes, last);
    } catch (thrown) {
      throw thrown instanceof Refusal ? thrown : damaged();
    }
    swelling.check();
    return found.splice(0);
  };
  for await (const chunk of chunks) {
    const before = recent.slice(-LONGEST_HEADER);
    after = Math.max(0, after - (recent.length - before.length));
    recent = join(before, chunk);
    swelling.take(chunk.length);
    yield* push(chunk, false);
  }
  yield* push(new Uint8Array(0), true);
  const listed = listedEntries(recent.slice(-TAIL_BYTES));
  if (open > 0 || listed === null || listed > entries) throw damaged();
}

/** Of an entry: fixed fields, name and extra fields. */
const LONGEST_HEADER = 30 + 2 * 0xffff;
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

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
