import { makeCell } from '#data/cell.ts';
import { badInput } from '#data/errors.ts';
import type { ByteInput } from '../bytes/byteInput.ts';
import type { ChosenFrame, FrameData, ReaderContext } from '../format.ts';
import { checkCellAt } from '../text/assemble.ts';
import { boundingCell, NO_CELL } from '../text/boundingCell.ts';
import { FrameKeeper } from '../text/frames.ts';
import { elementsOf, MOST_TYPES } from '../text/species.ts';
import { ChemiscopeDocument } from './document.ts';
import { atomColumns } from './properties.ts';

/** JSON is held whole while it is read; a string of a browser ends at twice as much. */
const LARGEST = 256 * 2 ** 20;
const PIECE = 256 * 1024;

/** A chemiscope file: structures are frames, of which the chosen one is checked whole. */
export async function readChemiscope(context: ReaderContext, input: ByteInput): Promise<ChosenFrame<null>> {
  const { file, frame } = context;
  const document = new ChemiscopeDocument(file, parse(file, await readText(file, input)));
  const frameCount = document.sizes.length;
  const chosen = frame === 'first' ? 0 : frame === 'last' ? frameCount - 1 : frame;
  const frames = new FrameKeeper<null>(context);
  for (let index = 0; index < frameCount; index++) {
    frames.begin();
    if (index === chosen) frames.keep(frameOf(context, document, index));
  }
  return frames.finish();
}

async function readText(file: string, input: ByteInput): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  while (!(await input.ended())) {
    parts.push(decoder.decode(await input.take(PIECE), { stream: true }));
    if (input.offset > LARGEST)
      throw badInput({ file, message: 'this JSON is longer than the 256 MiB that can be read' });
  }
  return parts.join('') + decoder.decode();
}

/** A string of JSON, which is to stay, or what Python writes for numbers that JSON has no words for. */
const PYTHON_WORDS = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
const IN_JSON: Readonly<Record<string, string>> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' };

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told of below, unless it was one of those words.
  }
  try {
    return JSON.parse(text.replace(PYTHON_WORDS, (word) => IN_JSON[word] ?? word));
  } catch (thrown) {
    throw badInput({ file, message: `the JSON is cut short or damaged (${(thrown as Error).message})` });
  }
}

function frameOf(context: ReaderContext, document: ChemiscopeDocument, index: number): FrameData<null> {
  const { file, allocate } = context;
  const count = document.sizes[index]!;
  const { names, axes, cell: vectors } = document.structure(index);
  const labels = [...new Set(names)];
  if (labels.length > MOST_TYPES) throw badInput({ file, message: `more than ${MOST_TYPES} species` });
  const types = allocate('atom types', 'uint8', count);
  names.forEach((name, row) => {
    types[row] = labels.indexOf(name);
  });
  const position = allocate('positions', 'float64', 3 * count);
  axes.forEach((axis, k) => {
    for (let row = 0; row < count; row++) position[3 * row + k] = axis[row]!;
  });
  const cell = vectors ? makeCell(vectors) : boundingCell(position);
  checkCellAt({ file }, cell);
  const { columns, warnings } = atomColumns(document, index, allocate);
  const { species, warnings: unnamed } = elementsOf(labels);
  const told = [...(vectors ? [] : [NO_CELL]), ...warnings, ...unnamed];
  return { count, timestep: null, cell, ids: null, types, species, position, columns, firstLine: null, warnings: told };
}
