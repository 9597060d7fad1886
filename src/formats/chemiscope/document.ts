import { badInput } from '#data/errors.ts';

/** One structure of a chemiscope file, as far as it was checked. Lengths in Å. */
export interface ChemiscopeStructure {
  readonly names: readonly string[];
  /** [n] each. */
  readonly axes: readonly [readonly number[], readonly number[], readonly number[]];
  /** Nine numbers, the vectors row by row; null where the structure has no cell. */
  readonly cell: readonly number[] | null;
}

/** A centre that atom properties have a value for. */
export interface Environment {
  readonly structure: number;
  readonly center: number;
}

type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A chemiscope file as JSON gave it; what is asked for is checked first. Places are named as in JavaScript. */
export class ChemiscopeDocument {
  readonly #file: string;
  readonly #root: Fields;
  /** Atoms of each structure. */
  readonly sizes: readonly number[];

  /** @throws Refusal where there are no structures. */
  constructor(file: string, root: unknown) {
    this.#file = file;
    if (!isObject(root)) throw badInput({ file, expected: 'a JSON object', found: describe(root) });
    this.#root = root;
    const structures = this.#list(root.structures, 'structures');
    if (structures.length === 0) throw badInput({ file, message: 'the file has no structures' });
    this.sizes = structures.map((structure, index) => {
      const size = isObject(structure) ? structure.size : undefined;
      if (typeof size === 'number' && Number.isInteger(size) && size > 0) return size;
      throw badInput({ file, expected: `a number of atoms as structures[${index}].size`, found: describe(size) });
    });
  }

  structure(index: number): ChemiscopeStructure {
    const place = `structures[${index}]`;
    const { names, x, y, z, cell, data } = (this.#root.structures as Fields[])[index]!;
    if (names === undefined && data !== undefined) {
      throw badInput({ file: this.#file, message: `${place} is kept in another file, which is not here` });
    }
    const size = this.sizes[index]!;
    const axis = (values: unknown, name: string) => this.#numbers(values, size, `${place}.${name}`);
    const labels = this.#list(names, `${place}.names`, size);
    const wrong = labels.find((label) => typeof label !== 'string');
    if (wrong !== undefined) throw this.#refuse(`words in ${place}.names`, describe(wrong));
    return {
      names: labels as string[],
      axes: [axis(x, 'x'), axis(y, 'y'), axis(z, 'z')],
      cell: cell === undefined || cell === null ? null : this.#numbers(cell, 9, `${place}.cell`),
    };
  }

  /** Null where every atom of every structure is one. */
  environments(): Environment[] | null {
    const { environments } = this.#root;
    if (environments === undefined || environments === null) return null;
    return this.#list(environments, 'environments').map((environment, index) => {
      const { structure, center } = isObject(environment) ? environment : {};
      const size = typeof structure === 'number' ? this.sizes[structure] : undefined;
      if (
        size !== undefined &&
        typeof center === 'number' &&
        Number.isInteger(center) &&
        center >= 0 &&
        center < size
      ) {
        return { structure: structure as number, center };
      }
      throw this.#refuse(`a structure and an atom of it as environments[${index}]`, describe(environment));
    });
  }

  /** Properties by name. `values` of those of atoms have `length` entries. */
  properties(length: number): { name: string; target: unknown; values: readonly unknown[] }[] {
    const { properties } = this.#root;
    if (properties === undefined || properties === null) return [];
    if (!isObject(properties)) throw this.#refuse('an object of properties', describe(properties));
    return Object.entries(properties).map(([name, property]) => {
      const place = `properties.${name}`;
      if (!isObject(property)) throw this.#refuse(`an object as ${place}`, describe(property));
      const { target, values } = property;
      return { name, target, values: this.#list(values, `${place}.values`, target === 'atom' ? length : undefined) };
    });
  }

  #numbers(values: unknown, length: number, place: string): number[] {
    const list = this.#list(values, place, length);
    const at = list.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw this.#refuse(`a finite number as ${place}[${at}]`, describe(list[at]));
    return list as number[];
  }

  #list(values: unknown, place: string, length?: number): unknown[] {
    if (!Array.isArray(values)) throw this.#refuse(`a list as ${place}`, describe(values));
    if (length === undefined || values.length === length) return values;
    throw this.#refuse(`${length} entries in ${place}`, `${values.length}`);
  }

  #refuse(expected: string, found: string) {
    return badInput({ file: this.#file, expected, found });
  }
}

const LONGEST = 40;

/** A value in a sentence. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
