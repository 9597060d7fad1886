import type { Column } from '#data/column.ts';
import { badInput, type Warning } from '#data/errors.ts';
import type { ChosenFrame, ReaderContext, SnapshotReader } from '../format.ts';
import { AtomRows, type Field } from '../text/atomRows.ts';
import { FrameKeeper } from '../text/frames.ts';
import { decodeText, parseDecimal, quote } from '../text/numbers.ts';
import { elementsOf, MOST_TYPES } from '../text/species.ts';
import { unscale } from '../text/unscale.ts';
import { CfgHeader } from './header.ts';

const field = (kind: Field['kind'], name: string, component = 0): Field => ({ kind, name, component });
const POSITION = [0, 1, 2].map((k) => field('position', 's', k));
const VELOCITY = [0, 1, 2].map((k) => field('skip', 'velocity', k));
/** Standard: mass, symbol, coordinates, velocities, an atom a line. */
const STANDARD = [field('skip', 'mass'), field('species', 'symbol'), ...POSITION, ...VELOCITY];

/**
 * AtomEye CFG (li.mit.edu/Archive/Graphics/A), standard and extended: one frame, periodic, coordinates as parts of the
 * cell, its origin at zero. An auxiliary column `id` names the atoms.
 */
export class AtomeyeReader implements SnapshotReader {
  readonly #file: string;
  readonly #context: ReaderContext;
  readonly #header: CfgHeader;
  #rows: AtomRows | null = null;
  readonly #symbols: string[] = [];
  /** Of the atoms that follow, in the extended format. */
  #type = -1;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#file = context.file;
    this.#header = new CfgHeader(context.file);
  }

  readLine(bytes: Uint8Array, start: number, given: number, line: number): void {
    let end = start;
    while (end < given && bytes[end] !== HASH) end++;
    const short = end - start <= LONGEST_WORD;
    const text = this.#rows && !short ? '' : decodeText(bytes, start, end).trim();
    if (text === '' && (short || !this.#rows)) return;
    if (!this.#rows && this.#header.read(text, line)) return;
    if (this.#header.entries !== null && !/\s/.test(text) && text !== '') {
      this.#readKind(text, line);
      return;
    }
    this.#rows ??= this.#planRows(line);
    this.#readAtom(this.#rows, bytes, start, end, line);
  }

  finish(line: number): ChosenFrame<null> {
    const { count, warnings } = this.#header;
    const rows = this.#rows;
    if (!rows || rows.filled < rows.count) {
      const found = `the end of the file after ${rows?.filled ?? 0}`;
      throw badInput({ file: this.#file, line, expected: `${count ?? 'a number of'} atoms`, found });
    }
    const cell = this.#header.cell();
    unscale(rows.position, cell);
    const named = this.#header.entries === null ? rows.species() : elementsOf(this.#symbols);
    const frames = new FrameKeeper<null>(this.#context);
    if (frames.begin()) {
      const { ids, types, position, columns } = rows;
      const said = [...warnings, ...typeWarning(columns, named.species), ...this.#lost(), ...named.warnings];
      const { species } = named;
      frames.keep({
        count: rows.count,
        timestep: null,
        cell,
        ids,
        types,
        species,
        position,
        columns,
        firstLine: null,
        warnings: said,
      });
    }
    return frames.finish();
  }

  #lost(): Warning[] {
    return this.#header.velocities ? [{ message: 'Velocities are left out.' }] : [];
  }

  /** A mass, and below it a symbol, hold for all atoms that follow. */
  #readKind(text: string, line: number): void {
    if (/^[+.\d]/.test(text)) {
      if (Number.isFinite(parseDecimal(text))) return;
      throw badInput({ file: this.#file, line, expected: 'a mass', found: quote(text) });
    }
    if (!/^[A-Za-z]\w*$/.test(text))
      throw badInput({ file: this.#file, line, expected: 'a symbol', found: quote(text) });
    const known = this.#symbols.indexOf(text);
    this.#type = known >= 0 ? known : this.#symbols.push(text) - 1;
    if (this.#type >= MOST_TYPES)
      throw badInput({ file: this.#file, line, message: `more than ${MOST_TYPES} species` });
  }

  #planRows(line: number): AtomRows {
    const { count, entries, velocities, auxiliary } = this.#header;
    if (!count)
      throw badInput({ file: this.#file, line, expected: 'Number of particles', found: 'none in the header' });
    const known = velocities ? [...POSITION, ...VELOCITY] : POSITION;
    const width = entries === null ? 0 : entries - known.length;
    if (width < 0)
      throw badInput({
        file: this.#file,
        line,
        expected: `entry_count of at least ${known.length}`,
        found: `${entries}`,
      });
    const names = Array.from({ length: width }, (_, k) => auxiliary[k] ?? `auxiliary${k}`);
    const twice = names.find((name, k) => names.indexOf(name) !== k);
    if (twice !== undefined) throw badInput({ file: this.#file, line, message: `two columns have the name ${twice}` });
    const fields =
      entries === null ? STANDARD : [...known, ...names.map((name) => field(name === 'id' ? 'id' : 'value', name))];
    return new AtomRows(this.#context, { count, fields, firstLine: line, allowSurplus: false });
  }

  #readAtom(rows: AtomRows, bytes: Uint8Array, start: number, end: number, line: number): void {
    if (rows.filled === rows.count) {
      const found = quote(decodeText(bytes, start, end).trim());
      throw badInput({ file: this.#file, line, expected: `${rows.count} atoms, as the header says`, found });
    }
    if (this.#header.entries !== null && this.#type < 0) {
      throw badInput({
        file: this.#file,
        line,
        expected: 'a mass and a symbol before the first atom',
        found: 'an atom',
      });
    }
    const row = rows.filled;
    rows.readRow(bytes, start, end, line);
    if (this.#header.entries !== null) rows.types[row] = this.#type;
  }
}

/** Where LAMMPS was told no elements it writes C for every atom, and the types perhaps as a column. */
function typeWarning(columns: readonly Column[], species: readonly (string | null)[]): Warning[] {
  const types = columns.find(({ name }) => name === 'type');
  if (!types || species.length > 1 || new Set(types.array).size === 1) return [];
  return [
    {
      message: `Column type names several types, the file one element (${species[0] ?? 'none'}): all atoms are of one type.`,
    },
  ];
}

const HASH = 0x23;
/** A mass or a symbol, with blanks around it. */
const LONGEST_WORD = 40;
