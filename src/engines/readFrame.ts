import { MemoryLedger } from '#data/buffers.ts';
import type { Column } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import type { FrameData, SnapshotFormat } from '#formats/format.ts';
import { LineSplitter } from '#formats/text/lines.ts';
import { stopsInLine } from './outputText.ts';

/** The last frame of a file of atoms, rows in file order, and what a careful reader would stop at. */
export interface LastFrame {
  readonly data: FrameData;
  /** [m] symbols; null where an atom has none. */
  readonly species: readonly string[] | null;
  readonly problems: readonly string[];
}

/** Reads a file of atoms that is small enough for one text. @throws Refusal as the format's reader does. */
export function readLastFrame(format: SnapshotFormat, text: string, file: string): LastFrame {
  const memory = new MemoryLedger({ shared: false });
  const bytes = new TextEncoder().encode(text);
  const reader = format.createReader({
    file,
    frame: 'last',
    allocate: (name, dtype, length) => memory.allocate(name, dtype, length),
    release: (...arrays) => memory.release(...arrays),
    largestText: bytes.length,
  });
  const splitter = new LineSplitter(file, (chunk, start, end, line) => reader.readLine(chunk, start, end, line));
  splitter.push(bytes);
  const { data, frameCount } = reader.finish(splitter.finish().line);
  const { firstLine } = data;
  if (firstLine === null) throw new TypeError(`atoms of ${format.title} do not stand on lines that follow one another`);
  const symbols = Array.from(data.types, (type) => data.species[type] ?? null);
  const problems: string[] = [];
  if (frameCount > 1) problems.push(`The file holds ${frameCount} frames: the energies are those of the last one.`);
  if (stopsInLine(text)) problems.push('The last line has no end: the file may have been cut off.');
  return {
    data: { ...data, firstLine },
    species: symbols.every((symbol) => symbol !== null) ? symbols : null,
    problems,
  };
}

/**
 * The column that somebody asked for.
 * @throws Refusal where there is none of that name, with those there are.
 */
export function namedColumn(
  columns: readonly Column<Float64Array>[],
  wanted: string,
  file: string,
  line: number,
): Column<Float64Array> {
  const column = columns.find(({ name, shape }) => name === wanted && shape.length === 1);
  if (column) return column;
  const found = columns.map(({ name }) => name).join(', ') || 'none';
  throw badInput({ file, line, expected: `a column ${wanted} of energies (--energy-column)`, found });
}
