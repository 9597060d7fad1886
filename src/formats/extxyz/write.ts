import type { Cell } from '#data/cell.ts';
import type { Column, NumericArray } from '#data/column.ts';
import type { Control } from '#data/control.ts';
import { badParameter } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { Structure } from '../format.ts';
import { formatFloat64, rowWriter } from '../text/writeNumbers.ts';

const ROWS_PER_CHUNK = 2048;
/** Label of atoms whose element nobody knows; ASE's word for it. */
export const UNKNOWN_SPECIES = 'X';

/** Grainscope's columns by the property names that OVITO recognises (RIVALS section 4). */
const OVITO_NAMES: Readonly<Record<string, string>> = {
  'structure.type': 'structure_type',
  'model.energy': 'local_energy',
  'model.sigma': 'energy_sigma',
};
/** Properties that readers expect as logicals, T and F (gap_fit). */
const LOGICAL: ReadonlySet<string> = new Set(['local_property_mask']);
/** ASE takes these for results of a calculator: the whole cell's energy (QUIP#207, ACEpotentials#107). */
const TAKEN_BY_ASE = /^(energy|energies)$/i;

/** The property name of a column: OVITO's word where there is one, else letters, digits and `_` only. */
export function propertyName(column: string): string {
  const known = OVITO_NAMES[column];
  if (known) return known;
  const plain = column
    .replace(/^file\./, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return TAKEN_BY_ASE.test(plain) ? 'local_energy' : plain;
}

interface Table {
  readonly count: number;
  readonly cell: Cell;
  readonly position: Float64Array;
  readonly speciesOf: (row: number) => string;
  readonly ids: Uint32Array | null;
  readonly columns: readonly Column[];
  /** Further `key=value` pairs of the comment line. */
  readonly info: Readonly<Record<string, string>>;
}

/**
 * A snapshot as extended XYZ, in chunks of text: `species pos id`, then the chosen columns under `propertyName` of
 * their names, whole-number arrays as I and the others as R. Numbers are written so that they read back bit for bit
 * (float32 ones with as many digits as a float32 needs).
 * @throws Refusal (`bad-parameter`) for a column of another length, or two columns with one property name.
 */
export function* writeExtxyz(
  snapshot: Snapshot,
  columns: readonly Column[],
  info: Readonly<Record<string, string>> = {},
  control?: Control,
): Generator<string> {
  const { count, cell, position, ids, types, species } = snapshot;
  const speciesOf = (row: number) => species[types[row]!] ?? UNKNOWN_SPECIES;
  yield* writeTable({ count, cell, position, speciesOf, ids, columns, info }, control);
}

/** A small cell as extended XYZ; its comment becomes the key `comment`, after those of `info`. */
export function writeStructureExtxyz(structure: Structure, info: Readonly<Record<string, string>> = {}): string {
  const { cell, position, species, columns = [], comment } = structure;
  const speciesOf = (row: number) => species[row]!;
  const table = { count: species.length, cell, position, speciesOf, ids: null, columns, info: { ...info, comment } };
  return [...writeTable(table)].join('');
}

function* writeTable(table: Table, control?: Control): Generator<string> {
  const { count, position, ids, speciesOf } = table;
  control?.begin('writing', count);
  yield `${count}\n${commentLine(table)}\n`;
  const numbersOf = rowWriter(table.columns, (name) => (LOGICAL.has(name) ? formatLogical : undefined));
  for (let start = 0; start < count; start += ROWS_PER_CHUNK) {
    const end = Math.min(start + ROWS_PER_CHUNK, count);
    let text = '';
    for (let row = start; row < end; row++) {
      text += speciesOf(row);
      for (let k = 0; k < 3; k++) text += ` ${formatFloat64(position[3 * row + k]!)}`;
      if (ids) text += ` ${ids[row]}`;
      text += `${numbersOf(row)}\n`;
    }
    yield text;
    control?.advance(end - start);
  }
}

function commentLine({ count, cell, ids, columns, info }: Table): string {
  const properties = ['species:S:1', 'pos:R:3', ...(ids ? ['id:I:1'] : [])];
  const names = new Set(['species', 'pos', 'id']);
  for (const { name, array, shape } of columns) {
    const property = propertyName(name);
    if (shape[0] !== count) throw badParameter(`Column ${name} has ${shape[0]} rows, but there are ${count} atoms`);
    if (names.has(property)) throw badParameter(`Two columns would both be written as ${property}`);
    names.add(property);
    const kind = LOGICAL.has(property) ? 'L' : isWhole(array) ? 'I' : 'R';
    properties.push(`${property}:${kind}:${shape[1] ?? 1}`);
  }
  const pairs = {
    Lattice: cell.vectors.join(' '),
    Origin: cell.origin.join(' '),
    pbc: cell.periodic.map((flag) => (flag ? 'T' : 'F')).join(' '),
    ...info,
  };
  const quoted = Object.entries(pairs).map(([key, value]) => `${key}="${escapeQuoted(value)}"`);
  return [...quoted, `Properties=${properties.join(':')}`].join(' ');
}

function isWhole(array: NumericArray): boolean {
  return !(array instanceof Float64Array || array instanceof Float32Array);
}

function escapeQuoted(value: string): string {
  return value.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&');
}

function formatLogical(value: number): string {
  return value === 0 ? 'F' : 'T';
}
