import { badInput } from '#data/errors.ts';
import type { Field } from '../text/atomRows.ts';
import { parseDecimal, quote } from '../text/numbers.ts';

// The lookbehind keeps the search linear in a long line of garbage.
const PAIR =
  /(?<![\w.-])([\w.-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[\s*\[[^=]*?\]\s*\](?=\s|$)|\[[^=]*?\](?=\s|$)|\{[^}]*\}|\S+)/g;
const FLAG = '(?:t|f|true|false|1|0)';
const BARE_PBC = new RegExp(String.raw`(?:^|\s)pbc\s*=\s*(${FLAG}(?:\s+${FLAG}){2})(?=\s|$)`, 'i');

/** A key that matters, without a value: the line was broken, and what it says is lost. */
const EMPTY_KEY = /(?<![\w.-])(lattice|origin|pbc|properties)\s*=/i;

/**
 * The `key=value` pairs of a comment line; keys in lower case, values without quotes or brackets around them.
 * @throws Refusal where a key that matters has no value.
 */
export function parseComment(file: string, line: number, text: string): Map<string, string> {
  const empty = EMPTY_KEY.exec(text.replace(PAIR, ''))?.[1];
  if (empty) throw badInput({ file, line, expected: `a value of ${empty}`, found: 'none' });
  const pairs = new Map<string, string>();
  for (const [, key, value] of text.matchAll(PAIR)) pairs.set(key!.toLowerCase(), unwrap(value!));
  // Written without quotes, the second and third flag are no part of the value by the rules, but what else can it mean?
  const bare = pairs.has('pbc') ? BARE_PBC.exec(text) : null;
  if (bare) pairs.set('pbc', bare[1]!);
  return pairs;
}

function unwrap(value: string): string {
  if (/^(["']).*\1$/s.test(value) && value.length > 1) return value.slice(1, -1).replace(/\\(.)/g, '$1');
  return value.replace(/^[[{]|[\]}]$/g, '');
}

/** Numbers separated by blanks, commas or brackets, with exponents of C or Fortran; exactly `length` of them. */
export function parseVector(file: string, line: number, key: string, value: string, length: number): number[] {
  const numbers = value
    .split(/[\s,[\]]+/)
    .filter(Boolean)
    .map((word) => parseDecimal(word.replace(/d/i, 'e')));
  if (numbers.length === length && numbers.every(Number.isFinite)) return numbers;
  throw badInput({ file, line, expected: `${length} numbers for ${key}`, found: quote(value) });
}

/** Three flags, or one for all directions. */
export function parsePeriodic(file: string, line: number, value: string): [boolean, boolean, boolean] {
  const flags = value.split(/[\s,]+/).filter(Boolean);
  const valid = flags.every((flag) => new RegExp(`^${FLAG}$`, 'i').test(flag));
  if (!valid || (flags.length !== 3 && flags.length !== 1)) {
    throw badInput({ file, line, expected: 'pbc such as "T T F"', found: quote(value) });
  }
  const periodic = (k: number) => /^[t1]/i.test(flags[k] ?? flags[0]!);
  return [periodic(0), periodic(1), periodic(2)];
}

/** What `Properties` says when it is left out: plain XYZ. */
export const PLAIN_PROPERTIES = 'species:S:1:pos:R:3';

/** A width beyond this is no property of an atom, and would ask for memory before the first row is seen. */
const WIDEST = 100_000;
const POSITION_NAMES = ['pos', 'positions', 'position'];
const SPECIES_NAMES = ['species', 'element', 'elements', 'symbol', 'symbols'];
const NUMBER_NAMES = ['z', 'numbers', 'atomic_number', 'atomic_numbers'];

/** One triplet. */
interface Property {
  readonly name: string;
  readonly type: string;
  readonly width: number;
}

/**
 * The fields of an atom's line from `name:type:width` triplets. Numbers (R, I, L) are kept by name, `width` of them as
 * one column [n, width]; words (S) other than the species are skipped. Atomic numbers tell the species where no word does.
 * @throws Refusal where the triplets are garbled, or there is no `pos:R:3`.
 */
export function parseProperties(file: string, line: number, value: string): Field[] {
  const properties = splitProperties(file, line, value);
  const find = (names: readonly string[], type: string, width: number) =>
    properties.find((property) => names.includes(property.name.toLowerCase()) && isOf(property, type, width));
  const species = find(SPECIES_NAMES, 'S', 1) ?? find(NUMBER_NAMES, 'I', 1);
  const position = find(POSITION_NAMES, 'R', 3) ?? find(POSITION_NAMES, 'I', 3);
  const id = find(['id'], 'I', 1);
  if (!position) throw badInput({ file, line, expected: 'pos:R:3 among the Properties', found: quote(value) });
  const kindOf = (property: Property): Field['kind'] => {
    if (property === position) return 'position';
    if (property === id) return 'id';
    if (property === species) return property.type === 'S' ? 'species' : 'atomicNumber';
    if (property.type === 'S') return 'skip';
    return property.type === 'L' ? 'logical' : 'value';
  };
  return properties.flatMap((property) =>
    Array.from({ length: property.width }, (_, component): Field => {
      return { kind: kindOf(property), name: property.name, component };
    }),
  );
}

function splitProperties(file: string, line: number, value: string): Property[] {
  const parts = value.split(':');
  const properties: Property[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    const [name, type, widthText] = parts.slice(at, at + 3);
    const width = parseDecimal(widthText ?? '');
    const known = properties.some((property) => property.name === name);
    const sound = /^[SRIL]$/i.test(type ?? '') && Number.isInteger(width) && width >= 1 && width <= WIDEST;
    if (!name || !type || !sound || known) {
      const found = quote(parts.slice(at, at + 3).join(':'));
      throw badInput({ file, line, expected: 'Properties of name:type:width, every name once', found });
    }
    properties.push({ name, type: type.toUpperCase(), width });
  }
  return properties;
}

function isOf(property: Property, type: string, width: number): boolean {
  return property.type === type && property.width === width;
}
