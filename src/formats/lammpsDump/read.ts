import { badInput, type Warning } from '#data/errors.ts';
import type { ChosenFrame, ReaderContext, SnapshotReader } from '../format.ts';
import { AtomRows, countFields } from '../text/atomRows.ts';
import { FrameKeeper } from '../text/frames.ts';
import { decodeText, quote } from '../text/numbers.ts';
import { unscale } from '../text/unscale.ts';
import { type BoxBounds, cellOfBox, parseBoxItem, parseBoxRow } from './box.ts';
import { type ColumnPlan, planColumns } from './columns.ts';
import { warnOfUnits } from './units.ts';

const ITEM = 'ITEM: ';
const CAPITAL_I = ITEM.charCodeAt(0);
const ITEMS = ['UNITS', 'TIME', 'TIMESTEP', 'NUMBER OF ATOMS', 'BOX BOUNDS', 'ATOMS'] as const;
type Item = (typeof ITEMS)[number];
/** Items whose line says more than their name. */
const WORDED = /^(BOX BOUNDS|ATOMS)$/;
const LINES_OF_BOX = 3;

interface Header {
  timestep?: number;
  count?: number;
  box?: BoxBounds;
}

/** The atoms of the frame that is being read; `rows` is there once the first line showed which columns hold words. */
interface Atoms {
  readonly names: readonly string[];
  readonly count: number;
  readonly wanted: boolean;
  readonly headerLine: number;
  read: number;
  plan?: ColumnPlan;
  rows?: AtomRows;
}

/**
 * LAMMPS `dump atom` and `dump custom` text files (LAMMPS manual, "dump command"). Every frame is checked for its
 * structure; only the chosen one is parsed.
 */
export class LammpsDumpReader implements SnapshotReader {
  readonly #context: ReaderContext;
  readonly #file: string;
  readonly #frames: FrameKeeper;
  /** Holds for the whole file: LAMMPS writes the units once. */
  readonly #fileWarnings: Warning[] = [];
  #header: Header = {};
  /** The item whose lines come next, and how many of them; none between items. */
  #item: Item | null = null;
  #awaited = 0;
  #atoms: Atoms | null = null;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#file = context.file;
    this.#frames = new FrameKeeper(context);
  }

  readLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#atoms) {
      this.#readAtom(this.#atoms, bytes, start, end, line);
      return;
    }
    const text = decodeText(bytes, start, end).trim();
    if (this.#item) this.#readItemLine(this.#item, text, line);
    else if (text.startsWith(ITEM)) this.#beginItem(text.slice(ITEM.length), line);
    else if (text !== '') throw badInput({ file: this.#file, line, expected: 'an "ITEM:" line', found: quote(text) });
  }

  finish(line: number): ChosenFrame {
    if (this.#atoms) {
      const { read, count } = this.#atoms;
      throw badInput({
        file: this.#file,
        line,
        expected: `${count} atoms`,
        found: `the end of the file after ${read}`,
      });
    }
    if (this.#item || Object.keys(this.#header).length > 0) {
      throw badInput({ file: this.#file, line, message: 'the file ends in the header of a frame' });
    }
    return this.#frames.finish();
  }

  #beginItem(text: string, line: number): void {
    const item = ITEMS.find((name) => text === name || (WORDED.test(name) && text.startsWith(`${name} `)));
    const words = text.slice(item?.length).split(/\s+/).filter(Boolean);
    switch (item) {
      case 'ATOMS':
        this.#beginAtoms(words, line);
        return;
      case 'BOX BOUNDS':
        this.#refuseSecond('box', item, line);
        this.#header.box = parseBoxItem(this.#file, line, words);
        break;
      case undefined: {
        const expected = `one of ${ITEMS.map((name) => ITEM + name).join(', ')}`;
        throw badInput({ file: this.#file, line, expected, found: quote(ITEM + text) });
      }
    }
    this.#item = item;
    this.#awaited = item === 'BOX BOUNDS' ? LINES_OF_BOX : 1;
  }

  #readItemLine(item: Item, text: string, line: number): void {
    switch (item) {
      case 'UNITS':
        this.#fileWarnings.push(...warnOfUnits({ file: this.#file, line }, text));
        break;
      case 'TIMESTEP':
        this.#refuseSecond('timestep', item, line);
        this.#header.timestep = this.#whole(text, item, line);
        break;
      case 'NUMBER OF ATOMS':
        this.#refuseSecond('count', item, line);
        this.#header.count = this.#whole(text, item, line);
        break;
      case 'BOX BOUNDS':
        parseBoxRow(this.#file, line, this.#header.box!, text.split(/\s+/));
        break;
    }
    if (--this.#awaited === 0) this.#item = null;
  }

  #beginAtoms(names: string[], line: number): void {
    const { timestep, count, box } = this.#header;
    if (timestep === undefined || count === undefined || box === undefined) {
      const expected = 'ITEM: TIMESTEP, ITEM: NUMBER OF ATOMS and ITEM: BOX BOUNDS before ITEM: ATOMS';
      throw badInput({ file: this.#file, line, expected, found: 'a frame that lacks one' });
    }
    if (count === 0) throw badInput({ file: this.#file, line, message: 'this frame has no atoms' });
    this.#atoms = { names, count, wanted: this.#frames.begin(), headerLine: line, read: 0 };
  }

  #readAtom(atoms: Atoms, bytes: Uint8Array, start: number, end: number, line: number): void {
    if (bytes[start] === CAPITAL_I && decodeText(bytes, start, start + ITEM.length) === ITEM) {
      const expected = `atom ${atoms.read + 1} of ${atoms.count}`;
      throw badInput({ file: this.#file, line, expected, found: quote(decodeText(bytes, start, end)) });
    }
    if (atoms.wanted) {
      atoms.rows ??= this.#planRows(atoms, decodeText(bytes, start, end).trim().split(/\s+/), line);
      atoms.rows.readRow(bytes, start, end, line);
    } else if (countFields(bytes, start, end) !== atoms.names.length) {
      const expected = `${atoms.names.length} columns (${atoms.names.join(' ')})`;
      throw badInput({ file: this.#file, line, expected, found: `${countFields(bytes, start, end)}` });
    }
    if (++atoms.read === atoms.count) this.#endFrame(atoms);
  }

  #planRows(atoms: Atoms, firstRow: string[], line: number): AtomRows {
    atoms.plan = planColumns({ file: this.#file, line: atoms.headerLine }, atoms.names, firstRow);
    const layout = { count: atoms.count, fields: atoms.plan.fields, firstLine: line, allowSurplus: false };
    return new AtomRows(this.#context, layout);
  }

  #endFrame({ rows, plan }: Atoms): void {
    const box = this.#header.box!;
    const cell = cellOfBox(box);
    if (rows && plan) {
      if (plan.scaled) unscale(rows.position, cell);
      const { species, warnings } = rows.species();
      const unflagged = { message: 'The dump gives no boundary flags: the cell is taken as periodic.' };
      this.#frames.keep({
        count: rows.count,
        timestep: this.#header.timestep!,
        cell,
        ids: rows.ids,
        types: rows.types,
        species,
        position: rows.position,
        columns: rows.columns,
        firstLine: rows.firstLine,
        warnings: [...this.#fileWarnings, ...(box.flagged ? [] : [unflagged]), ...plan.warnings, ...warnings],
      });
    }
    this.#header = {};
    this.#atoms = null;
  }

  #refuseSecond(key: keyof Header, item: Item, line: number): void {
    if (this.#header[key] === undefined) return;
    throw badInput({ file: this.#file, line, message: `ITEM: ${item} stands twice in the header of one frame` });
  }

  #whole(text: string, item: Item, line: number): number {
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw badInput({ file: this.#file, line, expected: `a whole number for ITEM: ${item}`, found: quote(text) });
  }
}
