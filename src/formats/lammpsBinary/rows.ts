import { type Column, makeColumn } from '#data/column.ts';
import { badInput, type Refusal } from '#data/errors.ts';
import type { Bytes, ReaderContext } from '../format.ts';
import type { Field } from '../text/atomRows.ts';
import { MOST_TYPES } from '../text/species.ts';
import { viewOf } from './fields.ts';

const LAST_ID = 0xffff_ffff;
const DOUBLE = 8;

/** The atoms of one frame, every field a double: they go into arrays of the ledger. */
export class BinaryRows {
  readonly count: number;
  readonly ids: Uint32Array | null;
  readonly types: Uint8Array;
  readonly position: Float64Array;
  readonly columns: readonly Column<Float64Array>[];
  readonly #file: string;
  readonly #fields: readonly Field[];
  /** By field: where its number goes, for those that are values. */
  readonly #values: readonly (Float64Array | undefined)[];
  readonly #typed: boolean;
  #typeCount = 1;
  #filled = 0;

  constructor(context: ReaderContext, count: number, fields: readonly Field[]) {
    const has = (kind: Field['kind']) => fields.some((field) => field.kind === kind);
    this.#file = context.file;
    this.#fields = fields;
    this.count = count;
    this.ids = has('id') ? context.allocate('atom ids', 'uint32', count) : null;
    this.types = context.allocate('atom types', 'uint8', count);
    this.position = context.allocate('positions', 'float64', 3 * count);
    this.columns = fields
      .filter(({ kind }) => kind === 'value')
      .map(({ name }) => makeColumn(name, '', context.allocate(`column ${name}`, 'float64', count)));
    this.#values = fields.map(({ name }) => this.columns.find((column) => column.name === name)?.array);
    this.#typed = has('type');
  }

  /** Whole rows; `offset` is the byte of the first. @throws Refusal for a number that is not what it should be. */
  readRows(bytes: Bytes, offset: number): void {
    const view = viewOf(bytes);
    const fields = this.#fields;
    for (let at = 0; at < bytes.length; this.#filled++) {
      for (let index = 0; index < fields.length; index++, at += DOUBLE) {
        const field = fields[index]!;
        const value = view.getFloat64(at, true);
        switch (field.kind) {
          case 'position':
            if (!Number.isFinite(value)) throw this.#refuse('a finite coordinate', field, value, offset + at);
            this.position[3 * this.#filled + field.component] = value;
            break;
          case 'id':
            if (!isWhole(value, 0, LAST_ID)) throw this.#refuse('a whole number', field, value, offset + at);
            this.ids![this.#filled] = value;
            break;
          case 'type':
            if (!isWhole(value, 1, MOST_TYPES)) {
              throw this.#refuse(`a whole number from 1 to ${MOST_TYPES}`, field, value, offset + at);
            }
            this.types[this.#filled] = value - 1;
            this.#typeCount = Math.max(this.#typeCount, value);
            break;
          case 'value':
            this.#values[index]![this.#filled] = value;
            break;
        }
      }
    }
  }

  /** One entry a type: a binary dump has no names for them. */
  get species(): null[] {
    return new Array(this.#typeCount).fill(null);
  }

  get typed(): boolean {
    return this.#typed;
  }

  #refuse(expected: string, { name }: Field, value: number, byte: number): Refusal {
    return badInput({ file: this.#file, byte, expected: `${expected} in column ${name}`, found: `${value}` });
  }
}

export function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
