import { makeCell } from '#data/cell.ts';
import { badInput, type Refusal, type Warning } from '#data/errors.ts';
import type { ChosenFrame, ReaderContext, SnapshotReader } from '../format.ts';
import { checkCell } from '../text/assemble.ts';
import { FrameKeeper } from '../text/frames.ts';
import { decodeText, quote } from '../text/numbers.ts';
import { elementsOf, MOST_TYPES } from '../text/species.ts';
import { unscale } from '../text/unscale.ts';
import { type CifToken, cifNumber, tokensOf } from './tokens.ts';

/** Edges (Å) and angles (degrees), in this order. */
const CELL = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'].map(
  (name) => `_cell_${name}`,
);
const FRACTIONS = ['x', 'y', 'z'].map((axis) => `_atom_site_fract_${axis}`);
const GROUP_NAMES = [
  '_symmetry_space_group_name_h-m',
  '_space_group_name_h-m_alt',
  '_symmetry_space_group_name_hall',
  '_space_group_name_hall',
];
const GROUP_NUMBERS = ['_symmetry_int_tables_number', '_space_group_it_number'];
const OPERATIONS = ['_symmetry_equiv_pos_as_xyz', '_space_group_symop_operation_xyz'];

const KNOWN_OF_ATOMS = [...FRACTIONS, ...['label', 'type_symbol', 'occupancy'].map((name) => `_atom_site_${name}`)];

/** One data block while it is read. */
interface Block {
  readonly wanted: boolean;
  readonly cell: (number | undefined)[];
  readonly fractions: number[];
  readonly types: number[];
  /** Something says that the space group is P 1. */
  plain: boolean;
  /** Values of the atoms that are left out. */
  readonly left: Set<string>;
  firstLine: number;
  cellLine: number;
}

/**
 * A crystal structure in CIF (IUCr, CIF 1.1) whose every atom is listed: space group P 1, all sites full. Each data
 * block with atoms is a frame. Atoms have no ids.
 */
export class CifReader implements SnapshotReader {
  readonly #file: string;
  readonly #frames: FrameKeeper;
  readonly #allocate: ReaderContext['allocate'];
  readonly #symbols: string[] = [];
  #block: Block | null = null;
  /** Names of the loop that is being read, and the values of its unfinished row. */
  #loop: string[] | null = null;
  #inNames = false;
  #row: CifToken[] = [];
  /** The name whose value comes next. */
  #name: string | null = null;
  #inText = false;
  /** Line on which the last row of a loop ended. */
  #ended = 0;

  constructor(context: ReaderContext) {
    this.#file = context.file;
    this.#frames = new FrameKeeper(context);
    this.#allocate = context.allocate;
  }

  readLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    const text = decodeText(bytes, start, end);
    if (text.startsWith(';')) {
      // A text of several lines is a value that nobody needs here.
      if (!this.#inText) this.#take({ text: '', quoted: true }, line);
      this.#inText = !this.#inText;
      return;
    }
    if (this.#inText) return;
    for (const token of tokensOf(text)) this.#read(token, line);
    this.#endLine(line);
  }

  finish(line: number): ChosenFrame {
    if (this.#inText)
      throw badInput({ file: this.#file, line, expected: 'the end of a text (;)', found: 'the end of the file' });
    this.#endLoop(line);
    this.#endBlock(line);
    return this.#frames.finish();
  }

  #read(token: CifToken, line: number): void {
    const { text, quoted } = token;
    const word = text.toLowerCase();
    if (!quoted && word.startsWith('data_')) {
      this.#endLoop(line);
      this.#endBlock(line);
      this.#block = {
        wanted: true,
        cell: [],
        fractions: [],
        types: [],
        plain: false,
        left: new Set(),
        firstLine: line,
        cellLine: line,
      };
    } else if (!quoted && word === 'loop_') {
      this.#endLoop(line);
      this.#loop = [];
      this.#inNames = true;
    } else if (!quoted && word.startsWith('_')) this.#readName(word, line);
    else this.#take(token, line);
  }

  #readName(name: string, line: number): void {
    if (this.#inNames) {
      this.#loop!.push(name);
      return;
    }
    this.#endLoop(line);
    if (this.#name) throw this.#refuse(`a value of ${this.#name}`, name, line);
    this.#name = name;
  }

  #take(token: CifToken, line: number): void {
    if (!this.#block) throw this.#refuse('data_ and the name of a block', token.text, line);
    if (this.#loop) {
      this.#inNames = false;
      this.#row.push(token);
      if (this.#row.length < this.#loop.length) return;
      this.#readRow(this.#loop, this.#row, line);
      this.#row = [];
      this.#ended = line;
    } else if (this.#name) {
      this.#readValue(this.#name, token.text, line);
      this.#name = null;
    } else throw this.#refuse('a name that begins with _', token.text, line);
  }

  /** A row may go on on the next line, but what begins behind another one and does not end here is a value too many. */
  #endLine(line: number): void {
    if (this.#row.length > 0 && this.#ended === line) {
      throw this.#refuse(`${this.#loop!.length} values in a row of the loop`, 'more on this line', line);
    }
  }

  #endLoop(line: number): void {
    if (this.#row.length > 0) {
      throw this.#refuse(`${this.#loop!.length} values in a row of the loop`, `${this.#row.length}`, line);
    }
    if (this.#name) throw this.#refuse(`a value of ${this.#name}`, 'the end of the block', line);
    this.#loop = null;
    this.#inNames = false;
  }

  #readValue(name: string, text: string, line: number): void {
    const edge = CELL.indexOf(name);
    if (edge >= 0) {
      const value = cifNumber(text);
      if (!(value > 0 && (edge < 3 || value < 180))) throw this.#refuse(`a number for ${name}`, text, line);
      this.#block!.cell[edge] = value;
      this.#block!.cellLine = line;
    } else this.#checkSymmetry(name, text, line);
  }

  #checkSymmetry(name: string, text: string, line: number): void {
    const unknown = text === '?' || text === '.' || text === '';
    const other =
      (GROUP_NAMES.includes(name) && !/^p\s*1$/i.test(text.trim())) ||
      (GROUP_NUMBERS.includes(name) && cifNumber(text) !== 1) ||
      (OPERATIONS.includes(name) && !/^\+?x,\+?y,\+?z$/i.test(text.replace(/\s+/g, '')));
    if (unknown) return;
    if (!other) {
      if ([...GROUP_NAMES, ...GROUP_NUMBERS, ...OPERATIONS].includes(name)) this.#block!.plain = true;
      return;
    }
    throw badInput({
      file: this.#file,
      line,
      message: 'only structures that list every atom are read',
      expected: 'space group P 1',
      found: quote(text),
    });
  }

  #readRow(names: readonly string[], row: readonly CifToken[], line: number): void {
    const value = (name: string) => row[names.indexOf(name)]?.text;
    for (const [k, name] of names.entries()) this.#checkSymmetry(name, row[k]!.text, line);
    const fractions = FRACTIONS.map(value);
    if (fractions.some((text) => text === undefined)) {
      if (names.includes('_atom_site_cartn_x'))
        throw this.#refuse('_atom_site_fract_x, _y and _z', 'Cartesian coordinates', line);
      return;
    }
    const occupancy = value('_atom_site_occupancy');
    if (occupancy !== undefined && occupancy !== '.' && occupancy !== '?' && cifNumber(occupancy) !== 1) {
      throw this.#refuse('every site occupied by one atom (occupancy 1)', occupancy, line);
    }
    const block = this.#block!;
    if (block.types.length === 0) block.firstLine = line;
    for (const [k, text] of fractions.entries()) {
      const fraction = cifNumber(text!);
      if (!Number.isFinite(fraction)) throw this.#refuse(`a finite coordinate in column ${FRACTIONS[k]}`, text!, line);
      block.fractions.push(fraction);
    }
    for (const name of names) if (!KNOWN_OF_ATOMS.includes(name)) block.left.add(name);
    const label = value('_atom_site_type_symbol') ?? value('_atom_site_label') ?? '';
    block.types.push(this.#typeOf(label, line));
  }

  /** Fe of Fe, Fe3+ or Fe12. */
  #typeOf(label: string, line: number): number {
    const symbol = /^[A-Za-z]+/.exec(label)?.[0] ?? label;
    const known = this.#symbols.indexOf(symbol);
    const type = known >= 0 ? known : this.#symbols.push(symbol) - 1;
    if (type >= MOST_TYPES) throw badInput({ file: this.#file, line, message: `more than ${MOST_TYPES} species` });
    return type;
  }

  #endBlock(line: number): void {
    const block = this.#block;
    this.#block = null;
    if (!block || (block.types.length === 0 && block.cell.length === 0)) return;
    if (block.types.length === 0)
      throw this.#refuse('atoms (_atom_site_fract_x and so on)', 'a block without any', line);
    const missing = CELL.findIndex((_, k) => block.cell[k] === undefined);
    if (missing >= 0) throw this.#refuse(CELL[missing]!, 'a block without it', line);
    const cell = makeCell(vectorsOf(block.cell as number[]));
    checkCell(this.#file, block.cellLine, cell);
    if (!this.#frames.begin()) return;
    const count = block.types.length;
    const types = this.#allocate('atom types', 'uint8', count);
    types.set(block.types);
    const position = this.#allocate('positions', 'float64', 3 * count);
    position.set(block.fractions);
    unscale(position, cell);
    const { species, warnings } = elementsOf(this.#symbols);
    const { firstLine } = block;
    const said: Warning[] = [
      { message: 'A CIF does not say how many atoms it holds: one that was cut between two of them looks whole.' },
      ...(block.plain ? [] : [{ message: 'The file names no space group: it is taken to list every atom.' }]),
      ...(block.left.size > 0 ? [{ message: `Left out of the atoms: ${[...block.left].join(', ')}.` }] : []),
      ...warnings,
    ];
    this.#frames.keep({
      count,
      timestep: null,
      cell,
      ids: null,
      types,
      species,
      position,
      columns: [],
      firstLine,
      warnings: said,
    });
  }

  #refuse(expected: string, found: string, line: number): Refusal {
    return badInput({ file: this.#file, line, expected, found: quote(found) });
  }
}

/** a along x, b in the xy plane (International Tables A, 1.5.2); Å and degrees. */
function vectorsOf([a, b, c, alpha, beta, gamma]: readonly number[]): number[] {
  // An exact zero for a right angle: rounding must not shear a cube.
  const cosine = (degrees: number) => (degrees === 90 ? 0 : Math.cos((degrees * Math.PI) / 180));
  const [ca, cb, cg] = [cosine(alpha!), cosine(beta!), cosine(gamma!)];
  const sg = Math.sqrt(1 - cg * cg);
  const cy = (ca - cb * cg) / sg;
  const cz = Math.sqrt(Math.max(0, 1 - cb * cb - cy * cy));
  return [a!, 0, 0, b! * cg, b! * sg, 0, c! * cb, c! * cy, c! * cz];
}
