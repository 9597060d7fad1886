import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { NumericArray } from '#data/column.ts';
import { badInput, type Warning } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { ByteInput } from './bytes/byteInput.ts';
import type {
  ByteSource,
  Bytes,
  BytesFormat,
  ChosenFrame,
  ReaderContext,
  ReadOptions,
  SnapshotFormat,
} from './format.ts';
import { BYTES_FORMATS, SNAPSHOT_FORMATS } from './index.ts';
import { assembleSnapshot } from './text/assemble.ts';
import { inflate, MAGIC_BYTES, mostExpansion, readBytes, takeHead } from './text/byteStream.ts';
import { LineSplitter } from './text/lines.ts';
import { decodeText } from './text/numbers.ts';

/** Enough for the first three lines of any file that is what it claims to be. */
const SNIFFED_BYTES = 4096;

/**
 * Read one frame of a snapshot file, plain, gzip or Zstandard, of any format of the registry, which is recognised by content.
 * One streaming pass hashes, inflates, splits into lines and parses; no string holds more than a line.
 * Progress is in bytes of the file as given.
 *
 * @throws Refusal with file and line for anything that is not as its format says: nothing is half-read, and the arrays
 * taken from the ledger are given back.
 */
export async function readSnapshot(source: ByteSource, options: ReadOptions): Promise<Snapshot> {
  const { memory, control } = options;
  const taken = new Set<NumericArray>();
  const allocate: ReaderContext['allocate'] = (name, dtype, length) => {
    const array = memory.allocate(name, dtype, length);
    taken.add(array);
    return array;
  };
  const release: ReaderContext['release'] = (...arrays) => {
    memory.release(...arrays);
    for (const array of arrays) if (array) taken.delete(array);
  };
  control?.begin('reading', source.byteLength);
  const reader = source.stream().getReader();
  try {
    const hash = sha256.create();
    const given = await takeHead(
      readBytes(source, reader, (bytes) => hash.update(bytes), control),
      MAGIC_BYTES,
    );
    const largestText = source.byteLength * mostExpansion(given.head);
    const context = { file: source.name, frame: options.frame, allocate, release, largestText };
    const { head, rest } = await takeHead(inflate(source.name, given.rest), SNIFFED_BYTES);
    const format = recogniseFormat(source.name, head);
    const { chosen, warnings } =
      'read' in format
        ? { chosen: await format.read(context, new ByteInput(rest)), warnings: [] }
        : await readLines(format, context, rest);
    const { name, byteLength } = source;
    const identity = { name, byteLength, sha256: bytesToHex(hash.digest()), format: format.name };
    return assembleSnapshot(chosen, identity, allocate, warnings);
  } catch (thrown) {
    memory.release(...taken);
    throw thrown;
  } finally {
    // Whoever stops early must not leave the file open; what the stream says to that no longer matters.
    reader.cancel().catch(() => {});
  }
}

async function readLines(
  format: SnapshotFormat,
  context: ReaderContext,
  chunks: AsyncGenerator<Bytes>,
): Promise<{ chosen: ChosenFrame<number | null>; warnings: Warning[] }> {
  const parser = format.createReader(context);
  const splitter = new LineSplitter(context.file, (bytes, start, end, line) =>
    parser.readLine(bytes, start, end, line),
  );
  for await (const chunk of chunks) splitter.push(chunk);
  const { line, ended } = splitter.finish();
  return { chosen: parser.finish(line), warnings: ended ? [] : [unendedLine(line)] };
}

function recogniseFormat(file: string, head: Bytes): SnapshotFormat | BytesFormat {
  const ofBytes = BYTES_FORMATS.find((candidate) => candidate.sniff(head));
  if (ofBytes) return ofBytes;
  const text = decodeText(head, 0, head.length);
  if (text.trim() === '') throw badInput({ file, message: 'the file is empty' });
  const format = SNAPSHOT_FORMATS.find((candidate) => candidate.sniff(text));
  if (format) return format;
  const titles = [...SNAPSHOT_FORMATS, ...BYTES_FORMATS].map(
    ({ title, extensions }) => `${title} (${extensions.join(', ')})`,
  );
  const readable = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(titles);
  throw badInput({
    file,
    message: 'unknown format',
    expected: `${readable}, plain, gzip or Zstandard`,
    found: 'a file that starts like none of these',
  });
}

/** A last number that lost digits is a number still: only the missing line end tells. */
function unendedLine(line: number): Warning {
  return {
    message: `Line ${line}, the last, has no line end: if the file was cut there, its last number may be short.`,
  };
}
