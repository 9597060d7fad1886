import { elementOfMass } from '#chem/elements.ts';
import { badInput, type Warning } from '#data/errors.ts';
import type { ChosenFrame, ReaderContext, SnapshotReader } from '../format.ts';
import { AtomRows } from '../text/atomRows.ts';
import { FrameKeeper } from '../text/frames.ts';
import { decodeText, parseDecimal, quote } from '../text/numbers.ts';
import { elementsOf } from '../text/species.ts';
import { DataHeader } from './header.ts';
import { fieldsOf, fittingStyles, isStyle, STYLE_NAMES } from './styles.ts';

/** Rows that are looked at before a style is guessed. */
const LOOKED_AT = 256;
const HASH = 0x23;
/** A section begins with a word; the lines of all that matter here begin with a number. */
const SECTION = /^[A-Za-z]/;
const LOST: Readonly<Record<string, string>> = { Velocities: 'velocities are left out' };

/**
 * A LAMMPS data file (LAMMPS manual, "read_data command"), `units metal`: header, masses and atoms; other sections are
 * passed over. Atoms may stand in any order, with image flags or without.
 */
export class LammpsDataReader implements SnapshotReader {
  readonly #file: string;
  readonly #context: ReaderContext;
  readonly #header: DataHeader;
  readonly #warnings: Warning[] = [];
  /** Mass and label of each type. */
  readonly #masses = new Map<number, { readonly mass: number; readonly label: string | null }>();
  #timestep: number | null = null;
  #section: string | null = null;
  #sectionLine = 0;
  #style = '';
  #rows: AtomRows | null = null;
  /** First rows, until the style is known. */
  #waiting: { readonly text: string; readonly line: number }[] = [];
  #read = 0;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#file = context.file;
    this.#header = new DataHeader(context.file);
  }

  readLine(bytes: Uint8Array, start: number, given: number, line: number): void {
    if (line === 1) {
      this.#readTitle(decodeText(bytes, start, given));
      return;
    }
    let end = given;
    if (this.#section === 'Atoms') {
      for (end = start; end < given && bytes[end] !== HASH; end++);
      let blank = start;
      while (blank < end && bytes[blank]! <= 0x20) blank++;
      if (blank === end) return;
      const letter = bytes[blank]! | 0x20;
      if (letter < 0x61 || letter > 0x7a) {
        this.#readAtom(bytes, start, end, line);
        return;
      }
      end = given;
    }
    const full = decodeText(bytes, start, end);
    const [text, remark = ''] = split(full);
    if (text === '') return;
    if (SECTION.test(text)) this.#beginSection(text, remark, line);
    else if (this.#section === null) this.#header.read(text, line);
    else if (this.#section === 'Masses') this.#readMass(text, remark, line);
    else if (this.#section === 'Atom Type Labels') this.#readLabel(text, line);
  }

  finish(line: number): ChosenFrame {
    this.#endSection(line);
    const rows = this.#rows;
    if (!rows) throw badInput({ file: this.#file, line, expected: 'a section Atoms', found: 'the end of the file' });
    const types = this.#header.types ?? Number.POSITIVE_INFINITY;
    const beyond = rows.types.findIndex((type) => type >= types);
    if (beyond >= 0) {
      const found = `${rows.types[beyond]! + 1}`;
      throw badInput({
        file: this.#file,
        line: rows.firstLine + beyond,
        expected: `an atom type from 1 to ${types}`,
        found,
      });
    }
    const { species, warnings } = this.#species(rows);
    const frames = new FrameKeeper(this.#context);
    if (frames.begin()) {
      frames.keep({
        count: rows.count,
        timestep: this.#timestep,
        cell: this.#header.cell(),
        ids: rows.ids,
        types: rows.types,
        species,
        position: rows.position,
        columns: rows.columns,
        firstLine: rows.firstLine,
        warnings: [
          { message: 'A data file does not say which directions repeat: the cell is taken as periodic.' },
          ...this.#warnings,
          ...warnings,
        ],
      });
    }
    return frames.finish();
  }

  #readTitle(text: string): void {
    const timestep = /timestep\s*=\s*(\d{1,15})/.exec(text)?.[1];
    if (timestep !== undefined) this.#timestep = Number(timestep);
    const units = /\bunits\s*=\s*(\w+)/.exec(text)?.[1];
    if (units !== undefined && units !== 'metal' && units !== 'real') {
      throw badInput({
        file: this.#file,
        line: 1,
        expected: 'units metal or real (lengths in Å)',
        found: quote(units),
      });
    }
  }

  #beginSection(name: string, remark: string, line: number): void {
    this.#endSection(line);
    this.#section = name;
    this.#sectionLine = line;
    if (LOST[name]) this.#warnings.push({ message: `Section ${name}: ${LOST[name]}.` });
    if (name !== 'Atoms') return;
    if (this.#rows) throw badInput({ file: this.#file, line, message: 'section Atoms stands twice in the file' });
    this.#style = remark.split(/\s+/)[0] ?? '';
    if (this.#style !== '' && !isStyle(this.#style)) {
      const expected = `an atom style (${STYLE_NAMES.join(', ')})`;
      throw badInput({ file: this.#file, line, expected, found: quote(this.#style) });
    }
    if (!this.#header.count)
      throw badInput({ file: this.#file, line, expected: 'a number of atoms in the header', found: 'none' });
  }

  /** @throws Refusal where atoms are missing. */
  #endSection(line: number): void {
    if (this.#section !== 'Atoms') return;
    if (this.#waiting.length > 0) this.#chooseStyle();
    if (this.#read === this.#header.count) return;
    throw badInput({
      file: this.#file,
      line,
      expected: `${this.#header.count} atoms`,
      found: `the end of section Atoms after ${this.#read}`,
    });
  }

  #readAtom(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#read === this.#header.count) {
      const expected = `${this.#header.count} atoms, as the header says`;
      throw badInput({ file: this.#file, line, expected, found: quote(decodeText(bytes, start, end).trim()) });
    }
    this.#read++;
    if (this.#rows) {
      this.#rows.readRow(bytes, start, end, line);
      return;
    }
    this.#waiting.push({ text: decodeText(bytes, start, end), line });
    if (this.#style !== '' || this.#waiting.length === LOOKED_AT) this.#chooseStyle();
  }

  /** Take the style that the file names, or the only one that the first rows can be of, and read them. */
  #chooseStyle(): void {
    const [first] = this.#waiting;
    const words = this.#waiting.map(({ text }) => text.trim().split(/\s+/));
    const style = this.#style === '' ? this.#guessStyle(words) : this.#style;
    const fields = isStyle(style) ? fieldsOf(style, words[0]!.length) : null;
    if (!fields) {
      const expected = `the columns of atom style ${style}, with image flags or without`;
      throw badInput({ file: this.#file, line: first!.line, expected, found: `${words[0]!.length} columns` });
    }
    const layout = { count: this.#header.count!, fields, firstLine: first!.line, allowSurplus: false };
    this.#rows = new AtomRows(this.#context, layout);
    const encoder = new TextEncoder();
    for (const { text, line } of this.#waiting) {
      const bytes = encoder.encode(text);
      this.#rows.readRow(bytes, 0, bytes.length, line);
    }
    this.#waiting = [];
  }

  #guessStyle(rows: readonly string[][]): string {
    const { vectors, origin } = this.#header.cell();
    const inReach = (axis: number, value: number) => {
      const spans = [0, 3, 6].map((row) => vectors[row + axis]!);
      const extent = spans.reduce((sum, span) => sum + Math.abs(span), 0);
      const low = origin[axis]! + spans.reduce((sum, span) => sum + Math.min(0, span), 0);
      return value >= low - extent && value <= low + 2 * extent;
    };
    const types = this.#header.types ?? Number.POSITIVE_INFINITY;
    const styles = fittingStyles(rows, types, inReach);
    const line = this.#sectionLine;
    if (styles.length === 1) {
      this.#warnings.push({
        message: `Section Atoms names no style; its columns are those of atom style ${styles[0]}, and of no other.`,
      });
      return styles[0]!;
    }
    const expected = 'the atom style behind Atoms ("Atoms # atomic")';
    const found =
      styles.length > 1 ? `columns that may be of ${styles.join(' or ')}` : 'columns of no style that is known';
    throw badInput({ file: this.#file, line, expected, found });
  }

  #readMass(text: string, remark: string, line: number): void {
    const [type, mass] = text.split(/\s+/).map(parseDecimal);
    if (!Number.isInteger(type) || !(mass! > 0) || !Number.isFinite(mass)) {
      throw badInput({ file: this.#file, line, expected: 'an atom type and its mass', found: quote(text) });
    }
    const label = remark.split(/\s+/)[0] ?? '';
    this.#masses.set(type!, { mass: mass!, label: label === '' ? null : label });
  }

  #readLabel(text: string, line: number): void {
    const [type, label] = text.split(/\s+/);
    if (!/^\d+$/.test(type!) || label === undefined) {
      throw badInput({ file: this.#file, line, expected: 'an atom type and its label', found: quote(text) });
    }
    this.#masses.set(Number(type), { mass: this.#masses.get(Number(type))?.mass ?? Number.NaN, label });
  }

  /** Elements by the remarks behind the masses, else by the masses, which is said. */
  #species(rows: AtomRows): { species: (string | null)[]; warnings: Warning[] } {
    const count = this.#header.types ?? rows.types.reduce((most, type) => Math.max(most, type), 0) + 1;
    const warnings: Warning[] = [];
    const labels = Array.from({ length: count }, (_, type) => {
      const said = this.#masses.get(type + 1);
      if (!said) return null;
      const named = said.label === null ? { species: [null], warnings: [] } : elementsOf([said.label]);
      if (named.species[0]) return named.species[0];
      const byMass = elementOfMass(said.mass);
      if (!byMass) {
        warnings.push(...named.warnings);
        return null;
      }
      warnings.push({ message: `Type ${type + 1} is taken for ${byMass.symbol}, by its mass of ${said.mass} u.` });
      return byMass.symbol;
    });
    return { species: labels, warnings };
  }
}

/** A line and the remark behind it, both without blanks around them. */
function split(text: string): [text: string, remark: string] {
  const at = text.indexOf('#');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
