import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { NumericArray } from '#data/column.ts';
import { badInput, type Warning } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { ByteSource, ReaderContext, ReadOptions, SnapshotFormat } from './format.ts';
import { SNAPSHOT_FORMATS } from './index.ts';
import { assembleSnapshot } from './text/assemble.ts';
import { inflate, readBytes, takeHead } from './text/byteStream.ts';
import { LineSplitter } from './text/lines.ts';
import { decodeText } from './text/numbers.ts';

/** Enough for the first three lines of any file that is what it claims to be. */
const SNIFFED_BYTES = 4096;
/** Deflate makes nothing smaller than this (258 bytes in 2 bits). */
const LARGEST_INFLATION = 1032;

/**
 * Read one frame of a snapshot file, plain or gzip, of any format of the registry, which is recognised by content.
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
  const context: ReaderContext = {
    file: source.name,
    frame: options.frame,
    allocate,
    release: (...arrays) => {
      memory.release(...arrays);
      for (const array of arrays) if (array) taken.delete(array);
    },
    largestText: source.byteLength * LARGEST_INFLATION,
  };
  control?.begin('reading', source.byteLength);
  const reader = source.stream().getReader();
  try {
    const hash = sha256.create();
    const given = readBytes(source.name, reader, (bytes) => hash.update(bytes), control);
    const { head, rest } = await takeHead(inflate(source.name, given), SNIFFED_BYTES);
    const format = recogniseFormat(source.name, decodeText(head, 0, head.length));
    const parser = format.createReader(context);
    const splitter = new LineSplitter(source.name, (bytes, start, end, line) =>
      parser.readLine(bytes, start, end, line),
    );
    for await (const chunk of rest) splitter.push(chunk);
    const { line, ended } = splitter.finish();
    const chosen = parser.finish(line);
    const { name, byteLength } = source;
    const identity = { name, byteLength, sha256: bytesToHex(hash.digest()), format: format.name };
    return assembleSnapshot(chosen, identity, allocate, ended ? [] : [unendedLine(line)]);
  } catch (thrown) {
    memory.release(...taken);
    throw thrown;
  } finally {
    // Whoever stops early must not leave the file open; what the stream says to that no longer matters.
    reader.cancel().catch(() => {});
  }
}

function recogniseFormat(file: string, head: string): SnapshotFormat {
  if (head.trim() === '') throw badInput({ file, message: 'the file is empty' });
  const format = SNAPSHOT_FORMATS.find((candidate) => candidate.sniff(head));
  if (format) return format;
  const readable = SNAPSHOT_FORMATS.map(({ title, extensions }) => `${title} (${extensions.join(', ')})`).join(' or ');
  throw badInput({
    file,
    message: 'unknown format',
    expected: `${readable}, plain or gzip-compressed`,
    found: 'text that starts like none of these',
  });
}

/** A last number that lost digits is a number still: only the missing line end tells. */
function unendedLine(line: number): Warning {
  return {
    message: `Line ${line}, the last, has no line end: if the file was cut there, its last number may be short.`,
  };
}
