import type { Cell } from '#data/cell.ts';
import { formatFloat32, formatFloat64 } from '../text/writeNumbers.ts';

/** A quantity of every environment. */
export interface ChemiscopeProperty {
  readonly units?: string;
  readonly description?: string;
  /** [environments] numbers, or words that sort them into classes. */
  readonly values: ArrayLike<number> | readonly string[];
}

/** One structure, some of whose atoms are looked at. */
export interface ChemiscopeDataset {
  readonly name: string;
  readonly description: string;
  readonly references: readonly string[];
  /** [n] element symbols. */
  readonly names: readonly string[];
  /** [n, 3] Å, relative to the cell's origin. */
  readonly position: Float64Array;
  readonly cell: Cell;
  /** Indices of the atoms that properties are given for. */
  readonly centres: ArrayLike<number>;
  /** Radius of an environment, Å. */
  readonly cutoff: number;
  readonly properties: Readonly<Record<string, ChemiscopeProperty>>;
  /** Axes, colour and symbols of the map, by names of properties. */
  readonly map: { readonly x?: string; readonly y?: string; readonly color?: string; readonly symbol?: string };
}

const VALUES_PER_CHUNK = 1 << 13;

/**
 * A dataset for chemiscope (chemiscope.org, "JSON file format"), in chunks of text: one structure, with an environment
 * for each atom that is looked at. JSON has no word for numbers that are none, which become null.
 */
export function* writeChemiscope(dataset: ChemiscopeDataset): Generator<string> {
  const { name, description, references, names, position, cell, centres, cutoff, properties, map } = dataset;
  yield `{"meta": ${JSON.stringify({ name, description, references })},\n`;
  yield `"structures": [{"size": ${names.length}, "names": `;
  yield* list(names.length, (index) => JSON.stringify(names[index]));
  for (const [k, letter] of ['x', 'y', 'z'].entries()) {
    yield `, "${letter}": `;
    yield* list(names.length, (index) => numberText(position[3 * index + k]!));
  }
  yield `, "cell": ${JSON.stringify([...cell.vectors])}, "pbc": ${JSON.stringify(cell.periodic)}}],\n`;
  yield '"environments": ';
  yield* list(centres.length, (index) => `{"structure": 0, "center": ${centres[index]}, "cutoff": ${cutoff}}`);
  yield ',\n"properties": {';
  let separator = '\n';
  for (const [property, { units, description: about, values }] of Object.entries(properties)) {
    const head = { target: 'atom', ...(units ? { units } : {}), ...(about ? { description: about } : {}) };
    yield `${separator}${JSON.stringify(property)}: ${JSON.stringify(head).slice(0, -1)}, "values": `;
    yield* list(values.length, (index) => {
      const value = values[index]!;
      return typeof value === 'string' ? JSON.stringify(value) : numberText(value);
    });
    yield '}';
    separator = ',\n';
  }
  yield `},\n"settings": ${JSON.stringify(settingsOf(map))}}\n`;
}

function settingsOf({ symbol, ...axes }: ChemiscopeDataset['map']) {
  const named = Object.entries(axes).map(([option, property]) => [option, { property }]);
  return { target: 'atom', map: { ...Object.fromEntries(named), ...(symbol === undefined ? {} : { symbol }) } };
}

function* list(length: number, textOf: (index: number) => string): Generator<string> {
  yield '[';
  for (let from = 0; from < length; from += VALUES_PER_CHUNK) {
    const to = Math.min(length, from + VALUES_PER_CHUNK);
    const texts: string[] = [];
    for (let index = from; index < to; index++) texts.push(textOf(index));
    yield `${from > 0 ? ', ' : ''}${texts.join(', ')}`;
  }
  yield ']';
}

/** A float32 with no more digits than it has. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  return Math.fround(value) === value ? formatFloat32(value) : formatFloat64(value);
}
