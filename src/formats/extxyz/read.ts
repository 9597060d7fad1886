import { type Cell, makeCell } from '#data/cell.ts';
import { badInput, type Warning } from '#data/errors.ts';
import type { ChosenFrame, ReaderContext, SnapshotReader } from '../format.ts';
import { checkCell } from '../text/assemble.ts';
import { AtomRows, countFields, type Field } from '../text/atomRows.ts';
import { boundingCell, NO_CELL } from '../text/boundingCell.ts';
import { FrameKeeper } from '../text/frames.ts';
import { decodeText, quote } from '../text/numbers.ts';
import { PLAIN_PROPERTIES, parseComment, parsePeriodic, parseProperties, parseVector } from './comment.ts';

/** The atoms of the frame that is being read. */
interface Atoms {
  readonly fields: readonly Field[];
  /** Plain XYZ: what stands after the coordinates has no name. */
  readonly plain: boolean;
  /** Null where the file gives none. */
  readonly cell: Cell | null;
  readonly timestep: number | null;
  readonly rows: AtomRows | null;
  /** Fields in the first line. */
  width: number;
  read: number;
}

/**
 * Extended XYZ (github.com/libAtoms/extxyz) and plain XYZ. A column of several components stays one column, [n, k].
 * Every frame is checked for its structure; only the chosen one is parsed.
 */
export class ExtxyzReader implements SnapshotReader {
  readonly #context: ReaderContext;
  readonly #file: string;
  readonly #frames: FrameKeeper;
  /** Atoms that this frame promised, once its first line was read. */
  #count: number | null = null;
  #atoms: Atoms | null = null;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#file = context.file;
    this.#frames = new FrameKeeper(context);
  }

  readLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#atoms) this.#readAtom(this.#atoms, bytes, start, end, line);
    else if (this.#count !== null) this.#beginAtoms(this.#count, decodeText(bytes, start, end), line);
    else this.#readCount(decodeText(bytes, start, end).trim(), line);
  }

  finish(line: number): ChosenFrame {
    if (this.#count !== null) {
      const found = `the end of the file after ${this.#atoms?.read ?? 0}`;
      throw badInput({ file: this.#file, line, expected: `${this.#count} atoms`, found });
    }
    return this.#frames.finish();
  }

  #readCount(text: string, line: number): void {
    if (text === '') return;
    const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
    if (count === 0) throw badInput({ file: this.#file, line, expected: 'a number of atoms', found: quote(text) });
    this.#count = count;
  }

  #beginAtoms(count: number, comment: string, line: number): void {
    const pairs = parseComment(this.#file, line, comment);
    const properties = pairs.get('properties');
    const fields = parseProperties(this.#file, line, properties ?? PLAIN_PROPERTIES);
    const plain = properties === undefined;
    const timestep = pairs.get('timestep') ?? /^Atoms\. Timestep: (\d+)/.exec(comment)?.[1];
    const layout = { count, fields, firstLine: line + 1, allowSurplus: plain };
    this.#atoms = {
      fields,
      plain,
      cell: this.#readCell(pairs, line),
      timestep: timestep !== undefined && /^\d{1,15}$/.test(timestep) ? Number(timestep) : null,
      rows: this.#frames.begin() ? new AtomRows(this.#context, layout) : null,
      width: 0,
      read: 0,
    };
  }

  #readCell(pairs: Map<string, string>, line: number): Cell | null {
    const lattice = pairs.get('lattice');
    if (lattice === undefined) return null;
    const origin = pairs.get('origin');
    const pbc = pairs.get('pbc');
    const cell = makeCell(
      parseVector(this.#file, line, 'Lattice', lattice, 9),
      origin === undefined ? [0, 0, 0] : parseVector(this.#file, line, 'Origin', origin, 3),
      pbc === undefined ? [true, true, true] : parsePeriodic(this.#file, line, pbc),
    );
    checkCell(this.#file, line, cell);
    return cell;
  }

  #readAtom(atoms: Atoms, bytes: Uint8Array, start: number, end: number, line: number): void {
    if (atoms.read === 0) atoms.width = countFields(bytes, start, end);
    if (atoms.rows) {
      atoms.rows.readRow(bytes, start, end, line);
    } else {
      const found = countFields(bytes, start, end);
      const { length } = atoms.fields;
      if (found < length || (found > length && !atoms.plain)) {
        throw badInput({ file: this.#file, line, expected: `${length} columns`, found: `${found}` });
      }
    }
    if (++atoms.read === this.#count) this.#endFrame(atoms);
  }

  #endFrame({ rows, fields, plain, cell, timestep, width }: Atoms): void {
    this.#count = null;
    this.#atoms = null;
    if (!rows) return;
    const { species, warnings } = rows.species();
    const skipped = fields.filter(({ kind, component }) => kind === 'skip' && component === 0);
    const left: Warning[] = skipped.map(({ name }) => ({
      message: `Column ${name} holds words, not numbers: it is left out.`,
    }));
    if (plain && width > fields.length) {
      left.push({ message: 'The file names no Properties: what stands after the coordinates is left out.' });
    }
    if (!cell) left.push(NO_CELL);
    this.#frames.keep({
      count: rows.count,
      timestep,
      cell: cell ?? boundingCell(rows.position),
      ids: rows.ids,
      types: rows.types,
      species,
      position: rows.position,
      columns: rows.columns,
      firstLine: rows.firstLine,
      warnings: [...left, ...warnings],
    });
  }
}
