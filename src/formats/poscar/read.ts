import { type Cell, cellVolume, makeCell } from '#data/cell.ts';
import { badInput, type Refusal, type Warning } from '#data/errors.ts';
import type { ChosenFrame, ReaderContext, SnapshotReader } from '../format.ts';
import { checkCell } from '../text/assemble.ts';
import { AtomRows, type Field } from '../text/atomRows.ts';
import { FrameKeeper } from '../text/frames.ts';
import { decodeText, parseDecimal, quote } from '../text/numbers.ts';
import { elementsOf } from '../text/species.ts';
import { unscale } from '../text/unscale.ts';

const POSITION: readonly Field[] = ['x', 'y', 'z'].map((name, component) => ({ kind: 'position', name, component }));
/** First line of the cell, 1-based. */
const CELL_LINE = 3;

/**
 * A POSCAR or CONTCAR of VASP 4 or 5 (vasp.at/wiki/POSCAR): one frame, periodic, its origin at zero. Atoms have no ids.
 * What follows the positions (velocities, predictor-corrector coordinates) is left out.
 */
export class PoscarReader implements SnapshotReader {
  readonly #file: string;
  readonly #context: ReaderContext;
  /** One number, or one for each direction. */
  #scale: number[] = [];
  readonly #vectors: number[] = [];
  #cell: Cell | null = null;
  #labels: string[] | null = null;
  #counts: number[] | null = null;
  #selective = false;
  /** Null before the line that says it. */
  #direct: boolean | null = null;
  #rows: AtomRows | null = null;
  #goesOn = false;
  /** The line that says Direct numbers a frame, as those of XDATCAR do. */
  #trajectory = false;
  /** The first line of an atom goes on behind its coordinates. */
  #named = false;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#file = context.file;
  }

  readLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#direct !== null) this.#readAtom(bytes, start, end, line);
    else if (line > 1) this.#readHeader(decodeText(bytes, start, end).trim(), line);
  }

  finish(line: number): ChosenFrame {
    const count = this.#count;
    const read = this.#rows?.filled ?? 0;
    if (!this.#rows || read < count) {
      const found = `the end of the file after ${read}`;
      throw badInput({ file: this.#file, line, expected: `${count || 'a number of'} atoms`, found });
    }
    const rows = this.#rows;
    if (this.#direct) unscale(rows.position, this.#cell!);
    else this.#stretch(rows.position);
    // The same symbol may stand twice; without symbols each number is a type.
    const labels = this.#labels ? [...new Set(this.#labels)] : this.#counts!.map(() => null);
    let row = 0;
    for (const [k, number] of this.#counts!.entries()) {
      rows.types.fill(this.#labels ? labels.indexOf(this.#labels[k] as never) : k, row, row + number);
      row += number;
    }
    const { species, warnings } = elementsOf(labels);
    const frames = new FrameKeeper(this.#context);
    if (frames.begin()) {
      frames.keep({
        count,
        timestep: null,
        cell: this.#cell!,
        ids: null,
        types: rows.types,
        species,
        position: rows.position,
        columns: [],
        firstLine: rows.firstLine,
        warnings: [...this.#warnings(), ...warnings],
      });
    }
    return frames.finish();
  }

  #warnings(): Warning[] {
    const left = (said: boolean, message: string): Warning[] => (said ? [{ message }] : []);
    return [
      ...left(this.#trajectory, 'This is the only frame of a trajectory (XDATCAR).'),
      ...left(this.#selective, 'Which directions atoms may move in (selective dynamics) is left out.'),
      ...left(this.#named, 'What stands behind the coordinates of the atoms is left out.'),
      ...left(this.#goesOn, 'What follows the positions (velocities and the like) is left out.'),
    ];
  }

  get #count(): number {
    return (this.#counts ?? []).reduce((sum, number) => sum + number, 0);
  }

  #readHeader(text: string, line: number): void {
    const words = text.split(/\s+/);
    if (line === CELL_LINE - 1) this.#scale = this.#readScale(words, text, line);
    else if (line < CELL_LINE + 3) this.#readVector(words, text, line);
    else if (this.#counts === null) this.#readCounts(words, text, line);
    else if (!this.#selective && /^s/i.test(text)) this.#selective = true;
    else if (/^[ck]/i.test(text)) this.#direct = false;
    else if (/^d/i.test(text)) {
      this.#direct = true;
      this.#trajectory = /^direct\s+configuration/i.test(text);
    } else throw this.#refuse('Direct or Cartesian', text, line);
  }

  #readScale(words: readonly string[], text: string, line: number): number[] {
    const scale = numbersOf(words, [1, 3]);
    if (scale && (scale.length === 1 ? scale[0] !== 0 : scale.every((factor) => factor > 0))) return scale;
    throw this.#refuse('one scale factor, or three positive ones', text, line);
  }

  #readVector(words: readonly string[], text: string, line: number): void {
    const vector = numbersOf(words, [3]);
    if (!vector) throw this.#refuse('a vector of the cell', text, line);
    this.#vectors.push(...vector);
    if (this.#vectors.length < 9) return;
    const plain = makeCell(this.#vectors);
    // A negative factor is the volume that the cell is to have.
    if (this.#scale[0]! < 0) this.#scale = [Math.cbrt(-this.#scale[0]! / Math.abs(cellVolume(plain)))];
    if (Number.isFinite(this.#scale[0])) this.#stretch(plain.vectors);
    checkCell(this.#file, CELL_LINE, plain);
    this.#cell = plain;
  }

  /** VASP 5 has a line of symbols before the numbers of atoms. */
  #readCounts(words: readonly string[], text: string, line: number): void {
    if (this.#labels === null && /^[a-z]/i.test(text)) {
      // Behind the symbol there may be which potential it is: Fe_pv, or a hash of its file.
      this.#labels = words.map((word) => word.split(/[_/]/)[0]!);
      return;
    }
    const end = words.findIndex((word) => !/^\d{1,15}$/.test(word));
    const counts = (end < 0 ? words : words.slice(0, end)).map(Number);
    const species = this.#labels?.length ?? counts.length;
    if (counts.length !== species || counts.length === 0 || counts.some((count) => count === 0)) {
      throw this.#refuse(`the number of atoms of ${this.#labels?.join(', ') ?? 'each species'}`, text, line);
    }
    this.#counts = counts;
  }

  #readAtom(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#rows?.filled === this.#count) {
      this.#readRest(decodeText(bytes, start, end).trim(), line);
      return;
    }
    this.#rows ??= this.#planRows(decodeText(bytes, start, end).trim().split(/\s+/), line);
    this.#rows.readRow(bytes, start, end, line);
  }

  /** Flags of selective dynamics and the symbol of the atom may follow the coordinates. */
  #planRows(first: readonly string[], line: number): AtomRows {
    const flags = this.#selective ? ['flag', 'flag', 'flag'] : [];
    const symbol = first.length === 4 + flags.length && /^[a-z]/i.test(first.at(-1)!) ? ['symbol'] : [];
    this.#named = symbol.length > 0;
    const further = [...flags, ...symbol].map((name, component): Field => ({ kind: 'skip', name, component }));
    const fields = [...POSITION, ...further];
    return new AtomRows(this.#context, { count: this.#count, fields, firstLine: line, allowSurplus: false });
  }

  /** Only a blank line, or one that names coordinates, ends the positions. */
  #readRest(text: string, line: number): void {
    if (text === '') return;
    if (/^direct\s+configuration/i.test(text)) {
      const message = 'this is a trajectory (XDATCAR), of which no frame is read: convert it to another format';
      throw badInput({ file: this.#file, line, message });
    }
    if (this.#goesOn || /^[cdk]/i.test(text) || this.#blankBefore(line)) {
      this.#goesOn = true;
      return;
    }
    throw this.#refuse(`${this.#count} atoms, as the header says`, text, line);
  }

  #blankBefore(line: number): boolean {
    return line > this.#rows!.firstLine + this.#count;
  }

  /** By the scale factor, or those of each direction, in place. */
  #stretch(values: Float64Array): void {
    for (let at = 0; at < values.length; at++) values[at]! *= this.#scale[this.#scale.length === 1 ? 0 : at % 3]!;
  }

  #refuse(expected: string, text: string, line: number): Refusal {
    return badInput({ file: this.#file, line, expected, found: quote(text) });
  }
}

/** The first numbers of a line, of which there have to be so many; what follows is a remark, but no number. */
function numbersOf(words: readonly string[], lengths: readonly number[]): number[] | null {
  const all = words.map((word) => parseDecimal(word.replace(/d/i, 'e')));
  const end = all.findIndex((number) => !Number.isFinite(number));
  const numbers = end < 0 ? all : all.slice(0, end);
  return lengths.includes(numbers.length) ? numbers : null;
}
