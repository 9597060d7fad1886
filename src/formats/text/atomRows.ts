import { elementOfNumber } from '#chem/elements.ts';
import { type Column, makeColumn } from '#data/column.ts';
import { badInput, type Refusal, type Warning } from '#data/errors.ts';
import type { ReaderContext } from '../format.ts';
import { isNanWord, parseNumber, quoteText } from './numbers.ts';
import { elementsOf, MOST_TYPES, SpeciesTable } from './species.ts';

/** What one field of an atom's line is. `component` counts within `name`, 0 to width - 1. */
export interface Field {
  readonly kind: 'id' | 'type' | 'species' | 'atomicNumber' | 'position' | 'value' | 'logical' | 'skip';
  readonly name: string;
  readonly component: number;
}

/** A field with the place its number goes to. */
interface Target extends Field {
  readonly array: Float64Array;
  readonly stride: number;
}

const LAST_ID = 0xffff_ffff;
/** More than there are elements: what has no name is a type without an element. */
const LAST_NUMBER = 999;
const BLANK = 0x20;
const NOTHING = new Float64Array(0);

/** How many fields, separated by blanks, stand in `bytes[start, end)`. */
export function countFields(bytes: Uint8Array, start: number, end: number): number {
  let fields = 0;
  let inside = false;
  for (let at = start; at < end; at++) {
    const text = bytes[at]! > BLANK;
    if (text && !inside) fields++;
    inside = text;
  }
  return fields;
}

/** The atoms of one frame: reads their lines into arrays of the ledger whose size is known from the frame's header. */
export class AtomRows {
  readonly count: number;
  readonly firstLine: number;
  readonly ids: Uint32Array | null;
  readonly types: Uint8Array;
  readonly position: Float64Array;
  readonly columns: readonly Column<Float64Array>[];
  readonly #file: string;
  readonly #fields: readonly Target[];
  readonly #allowSurplus: boolean;
  readonly #hasTypes: boolean;
  readonly #hasSpecies: boolean;
  /** Species are named by their atomic numbers. */
  readonly #byNumber: boolean;
  readonly #species = new SpeciesTable();
  /** Label of each numbered type, where a line has both. */
  readonly #labelOfType: (number | undefined)[] = [];
  #typeCount = 1;
  #filled = 0;

  /** @param layout.allowSurplus Accept further fields after those that are named (plain XYZ). */
  constructor(
    context: ReaderContext,
    layout: { count: number; fields: readonly Field[]; firstLine: number; allowSurplus: boolean },
  ) {
    const { count, fields } = layout;
    // A field takes a character and a separator at least.
    if (2 * count * fields.length > context.largestText + 1) {
      throw badInput({
        file: context.file,
        line: layout.firstLine,
        message: `the header promises ${count} atoms, more than a file of this size can hold`,
      });
    }
    const has = (kind: Field['kind']) => fields.some((field) => field.kind === kind);
    this.#file = context.file;
    this.count = count;
    this.firstLine = layout.firstLine;
    this.#allowSurplus = layout.allowSurplus;
    this.#hasTypes = has('type');
    this.#byNumber = has('atomicNumber');
    this.#hasSpecies = has('species') || this.#byNumber;
    this.ids = has('id') ? context.allocate('atom ids', 'uint32', count) : null;
    this.types = context.allocate('atom types', 'uint8', count);
    this.position = context.allocate('positions', 'float64', 3 * count);
    const numbers = fields.filter((field) => field.kind === 'value' || field.kind === 'logical');
    this.columns = [...new Set(numbers.map((field) => field.name))].map((name) => {
      const width = numbers.filter((field) => field.name === name).length;
      return makeColumn(name, '', context.allocate(`column ${name}`, 'float64', count * width), width);
    });
    this.#fields = fields.map((field) => {
      if (field.kind === 'position') return { ...field, array: this.position, stride: 3 };
      const column = this.columns.find((candidate) => candidate.name === field.name);
      return { ...field, array: column?.array ?? NOTHING, stride: column?.shape[1] ?? 1 };
    });
  }

  get filled(): number {
    return this.#filled;
  }

  /** Every array it owns, to give them back. */
  get arrays(): (Uint32Array | Uint8Array | Float64Array)[] {
    return [...(this.ids ? [this.ids] : []), this.types, this.position, ...this.columns.map((column) => column.array)];
  }

  /** The line of the next atom. @throws Refusal for a wrong number of fields, or one that is not what it should be. */
  readRow(bytes: Uint8Array, start: number, end: number, line: number): void {
    const fields = this.#fields;
    let found = 0;
    let type = -1;
    let label = -1;
    let at = start;
    for (;;) {
      while (at < end && bytes[at]! <= BLANK) at++;
      if (at >= end) break;
      const from = at;
      while (at < end && bytes[at]! > BLANK) at++;
      const field = fields[found++];
      if (field === undefined) continue;
      switch (field.kind) {
        case 'position':
        case 'value':
          field.array[this.#filled * field.stride + field.component] = this.#number(field, bytes, from, at, line);
          break;
        case 'id':
          this.ids![this.#filled] = this.#whole(field, 0, LAST_ID, bytes, from, at, line);
          break;
        case 'type':
          type = this.#whole(field, 1, MOST_TYPES, bytes, from, at, line) - 1;
          break;
        case 'atomicNumber':
          this.#whole(field, 0, LAST_NUMBER, bytes, from, at, line);
          label = this.#species.codeOf(bytes, from, at);
          break;
        case 'species':
          label = this.#species.codeOf(bytes, from, at);
          break;
        case 'logical':
          field.array[this.#filled * field.stride + field.component] = this.#logical(field, bytes, from, at, line);
          break;
        case 'skip':
          break;
      }
    }
    if (found < fields.length || (found > fields.length && !this.#allowSurplus)) {
      throw badInput({
        file: this.#file,
        line,
        expected: `${fields.length} columns (${fields.map((field) => field.name).join(' ')})`,
        found: `${found}`,
      });
    }
    this.types[this.#filled++] = this.#typeOf(type, label, line);
  }

  /** Species by type, and what there is to warn of. */
  species(): { species: (string | null)[]; warnings: Warning[] } {
    if (!this.#hasTypes && !this.#hasSpecies) {
      return { species: [null], warnings: [{ message: 'The file names no species: all atoms are of one type.' }] };
    }
    if (!this.#hasTypes) return elementsOf(this.#labels);
    const labels = Array.from({ length: this.#typeCount }, (_, type) => {
      const code = this.#labelOfType[type];
      return code === undefined ? null : this.#labels[code]!;
    });
    return elementsOf(labels);
  }

  get #labels(): readonly string[] {
    const { labels } = this.#species;
    return this.#byNumber ? labels.map((label) => elementOfNumber(Number(label))?.symbol ?? label) : labels;
  }

  #typeOf(type: number, label: number, line: number): number {
    if (!this.#hasTypes) {
      if (label >= MOST_TYPES) throw badInput({ file: this.#file, line, message: `more than ${MOST_TYPES} species` });
      return Math.max(label, 0);
    }
    this.#typeCount = Math.max(this.#typeCount, type + 1);
    if (this.#hasSpecies) {
      const known = this.#labelOfType[type] ?? label;
      this.#labelOfType[type] = known;
      if (known !== label) {
        const [first, second] = [known, label].map((code) => this.#species.labels[code]);
        throw badInput({
          file: this.#file,
          line,
          expected: `type ${type + 1} to be ${first} as before`,
          found: second!,
        });
      }
    }
    return type;
  }

  #number(field: Field, bytes: Uint8Array, from: number, to: number, line: number): number {
    const value = parseNumber(bytes, from, to);
    if (Number.isFinite(value)) return value;
    if (field.kind === 'position') throw this.#refuse('a finite coordinate', field, bytes, from, to, line);
    if (Number.isNaN(value) && !isNanWord(bytes, from, to))
      throw this.#refuse('a number', field, bytes, from, to, line);
    return value;
  }

  #whole(field: Field, least: number, most: number, bytes: Uint8Array, from: number, to: number, line: number): number {
    const value = parseNumber(bytes, from, to);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw this.#refuse(`a whole number from ${least} to ${most}`, field, bytes, from, to, line);
  }

  #logical(field: Field, bytes: Uint8Array, from: number, to: number, line: number): number {
    const initial = String.fromCharCode(bytes[from]!).toUpperCase();
    if (initial === 'T' || initial === '1') return 1;
    if (initial === 'F' || initial === '0') return 0;
    throw this.#refuse('T or F', field, bytes, from, to, line);
  }

  #refuse(expected: string, field: Field, bytes: Uint8Array, from: number, to: number, line: number): Refusal {
    return badInput({
      file: this.#file,
      line,
      expected: `${expected} in column ${field.name}`,
      found: quoteText(bytes, from, to),
    });
  }
}
