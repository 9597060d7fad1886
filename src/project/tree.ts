import { fromBase64, toBase64 } from '#data/base64.ts';
import { ARRAY_TYPES, type DType, dtypeOf, type NumericArray } from '#data/column.ts';
import { badInput } from '#data/errors.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An array that lies in a file of its own. */
export interface ArrayPlace {
  /** Path of the file within the project. */
  readonly file: string;
  readonly dtype: DType;
  readonly length: number;
}

export function bytesOf({ dtype, length }: ArrayPlace): number {
  return length * ARRAY_TYPES[dtype].BYTES_PER_ELEMENT;
}

/** Shorter arrays stand in the tree itself: a cell of a hundred atoms is no file. Bytes. */
const LONGEST_INLINE = 16 * 1024;

/** What JSON cannot say is an object with one of these keys; a key of ours that begins with `$` gets another. */
const ARRAY = '$array';
const INLINE = '$inline';
const MAP = '$map';
const NUMBER = '$number';

/**
 * Plain data with maps and arrays, as `structuredClone` takes it, as a tree that JSON can say. Properties that are
 * undefined are left out.
 * @param place Where a long array lies, or is to lie: called for every mention, `path` being that of this one
 * ("results/pool/scores").
 */
export function toTree(value: unknown, place: (array: NumericArray, path: string) => string, path = ''): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { [NUMBER]: Object.is(value, -0) ? '-0' : `${value}` };
  }
  const within = (key: string) => (path === '' ? key : `${path}/${key}`);
  if (Array.isArray(value)) return value.map((item, k) => toTree(item, place, within(`${k}`)));
  if (value instanceof Map) {
    return { [MAP]: [...value].map(([key, item]) => [toTree(key, place), toTree(item, place, within(`${key}`))]) };
  }
  if (ArrayBuffer.isView(value)) return arrayTree(value as NumericArray, place, path);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`${path} is no plain data`);
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, toTree(item, place, within(key))]),
  );
}

function arrayTree(array: NumericArray, place: (array: NumericArray, path: string) => string, path: string): Json {
  const dtype = dtypeOf(array);
  const { byteLength, length } = array;
  if (byteLength > LONGEST_INLINE) return { [ARRAY]: { file: place(array, path), dtype, length } };
  return { [INLINE]: { dtype, base64: toBase64(new Uint8Array(array.buffer, array.byteOffset, byteLength)) } };
}

/** Arrays in files that a tree mentions, each once, in order. */
export function placesIn(tree: Json): ArrayPlace[] {
  const places = new Map<string, ArrayPlace>();
  const visit = (node: Json) => {
    if (node === null || typeof node !== 'object') return;
    if (!Array.isArray(node) && ARRAY in node) {
      const place = placeOf((node as Record<string, Json>)[ARRAY]!);
      places.set(place.file, place);
      return;
    }
    for (const item of Object.values(node)) visit(item);
  };
  visit(tree);
  return [...places.values()];
}

/**
 * What a tree was made of; arrays of the same file are the same array.
 * @throws Refusal where it is no tree of ours.
 */
export function fromTree(tree: Json, find: (place: ArrayPlace) => NumericArray): unknown {
  if (tree === null || typeof tree !== 'object') return tree;
  if (Array.isArray(tree)) return tree.map((item) => fromTree(item, find));
  const entries = Object.entries(tree);
  const [key, said] = entries[0] ?? [];
  if (entries.length === 1 && key !== undefined && key.startsWith('$') && !key.startsWith('$$')) {
    return special(key, said!, find);
  }
  return Object.fromEntries(
    entries.map(([name, item]) => [name.startsWith('$$') ? name.slice(1) : name, fromTree(item, find)]),
  );
}

function special(key: string, said: Json, find: (place: ArrayPlace) => NumericArray): unknown {
  switch (key) {
    case NUMBER:
      return Number(said);
    case MAP:
      if (!Array.isArray(said)) break;
      return new Map(said.map((pair) => fromTree(pair, find) as [unknown, unknown]));
    case ARRAY:
      return find(placeOf(said));
    case INLINE: {
      const { dtype, base64 } = said as { dtype: DType; base64: string };
      const type = ARRAY_TYPES[dtype];
      if (type && typeof base64 === 'string') return new type(fromBase64(base64).buffer);
    }
  }
  throw badInput({ message: `a project says ${key} in a way that is not known` });
}

function placeOf(said: Json): ArrayPlace {
  const { file, dtype, length } = (said ?? {}) as Partial<Record<keyof ArrayPlace, Json>>;
  const known = typeof dtype === 'string' && dtype in ARRAY_TYPES;
  if (typeof file === 'string' && known && Number.isSafeInteger(length) && (length as number) >= 0) {
    return { file, dtype: dtype as DType, length: length as number };
  }
  throw badInput({ message: 'a project mentions an array without its file, type or length' });
}
