import { type Cell, makeCell } from '#data/cell.ts';
import { badInput, type Warning } from '#data/errors.ts';
import { checkCell } from '../text/assemble.ts';
import { parseDecimal, quote } from '../text/numbers.ts';

const COUNT = /^Number of particles\s*=\s*(\d{1,15})$/i;
const LENGTH = /^A\s*=\s*(\S+)\s*(\S*)/;
const EDGE = /^H0\(([123]),([123])\)\s*=\s*(\S+)/i;
const ENTRIES = /^entry_count\s*=\s*(\d{1,6})$/i;
const AUXILIARY = /^auxiliary\[(\d{1,6})\]\s*=\s*(\S+)/i;
/** What would move the atoms, and is not undone here, with what it is when it does nothing. */
const MOVES = /^(Transform|eta)\(([123]),([123])\)\s*=\s*(\S+)/i;

/** The header of a CFG file (li.mit.edu/Archive/Graphics/A): lines of `key = value`. */
export class CfgHeader {
  readonly #file: string;
  count: number | null = null;
  /** Fields of an atom's line; null in the standard format. */
  entries: number | null = null;
  velocities = true;
  readonly auxiliary: string[] = [];
  readonly warnings: Warning[] = [];
  #unit = 1;
  readonly #edges: number[] = Array(9).fill(Number.NaN);
  #line = 1;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns False for a line that is none of the header's. @throws Refusal for one that is garbled. */
  read(text: string, line: number): boolean {
    if (/^\.NO_VELOCITY\.$/i.test(text)) this.velocities = false;
    else if (!text.includes('=')) return false;
    else if (!this.#readKnown(text, line)) {
      if (/^(Number of particles|A\b|H0|entry_count|auxiliary|Transform|eta)/i.test(text)) {
        throw badInput({
          file: this.#file,
          line,
          expected: 'a line of the header of an AtomEye file',
          found: quote(text),
        });
      }
      if (!/^R\b/.test(text)) this.warnings.push({ message: `${quote(text)} means nothing here: it is left out.` });
    }
    return true;
  }

  /** @throws Refusal where an edge is missing, or there is no volume. */
  cell(): Cell {
    if (this.#edges.some(Number.isNaN)) {
      throw badInput({ file: this.#file, line: this.#line, expected: 'H0(1,1) to H0(3,3)', found: 'some of them' });
    }
    const cell = makeCell(this.#edges.map((edge) => edge * this.#unit));
    checkCell(this.#file, this.#line, cell);
    return cell;
  }

  #readKnown(text: string, line: number): boolean {
    const [, count] = COUNT.exec(text) ?? [];
    const [, entries] = ENTRIES.exec(text) ?? [];
    const [, unit, of = ''] = LENGTH.exec(text) ?? [];
    const edge = EDGE.exec(text);
    const auxiliary = AUXILIARY.exec(text);
    if (count !== undefined) this.count = Number(count);
    else if (entries !== undefined) this.entries = Number(entries);
    else if (unit !== undefined && Number(unit) > 0 && Number.isFinite(Number(unit)))
      this.#setUnit(Number(unit), of, line);
    else if (edge && Number.isFinite(parseDecimal(edge[3]!))) {
      this.#edges[3 * (Number(edge[1]) - 1) + Number(edge[2]) - 1] = Number(edge[3]);
      this.#line = line;
    } else if (auxiliary) this.auxiliary[Number(auxiliary[1])] = auxiliary[2]!;
    else return this.#readMove(text, line);
    return true;
  }

  #setUnit(unit: number, of: string, line: number): void {
    if (of !== '' && !/^(A|Å|Angstroms?|\(.*)$/i.test(of)) {
      throw badInput({ file: this.#file, line, expected: 'A in Angstrom', found: quote(of) });
    }
    this.#unit = unit;
    if (unit !== 1) {
      this.warnings.push({
        message: `Lengths are in units of ${unit} Å (A): LAMMPS writes 10 with unwrapped coordinates, and means 1.`,
      });
    }
  }

  #readMove(text: string, line: number): boolean {
    const [, what, row, column, value] = MOVES.exec(text) ?? [];
    if (what === undefined) return false;
    const idle = /^eta$/i.test(what) || row !== column ? 0 : 1;
    if (parseDecimal(value!) === idle) return true;
    throw badInput({
      file: this.#file,
      line,
      message: `${what} moves the atoms, which is not undone here`,
      expected: `${idle}`,
      found: quote(value!),
    });
  }
}
