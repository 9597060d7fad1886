import { badInput } from '#data/errors.ts';
import type { Field } from '../text/atomRows.ts';
import { quote } from '../text/numbers.ts';

// The lookbehind keeps the search linear in a long line of garbage.
const PAIR = /(?<![\w.-])([\w.-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^=]*?\](?=\s|$)|\{[^}]*\}|\S+)/g;
const FLAG = '(?:t|f|true|false|1|0)';
const BARE_PBC = new RegExp(String.raw`(?:^|\s)pbc\s*=\s*(${FLAG}(?:\s+${FLAG}){2})(?=\s|$)`, 'i');

/** The `key=value` pairs of a comment line; keys in lower case, values without quotes or brackets around them. */
export function parseComment(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const [, key, value] of text.matchAll(PAIR)) pairs.set(key!.toLowerCase(), unwrap(value!));
  // Written without quotes, the second and third flag are no part of the value by the rules, but what else can it mean?
  const bare = pairs.has('pbc') ? BARE_PBC.exec(text) : null;
  if (bare) pairs.set('pbc', bare[1]!);
  return pairs;
}

function unwrap(value: string): string {
  if (/^["']/.test(value)) return value.slice(1, -1).replace(/\\(.)/g, '$1');
  return value.replace(/^[[{]|[\]}]$/g, '');
}

/** Numbers separated by blanks, commas or brackets; exactly `length` of them. */
export function parseVector(file: string, line: number, key: string, value: string, length: number): number[] {
  const numbers = value
    .split(/[\s,[\]]+/)
    .filter(Boolean)
    .map(Number);
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

const SPECIES_NAMES = ['species', 'element', 'symbol', 'symbols'];

/**
 * The fields of an atom's line from `name:type:width` triplets. Numbers (R, I, L) are kept by name, `width` of them as
 * one column [n, width]; words (S) other than the species are skipped.
 * @throws Refusal where the triplets are garbled, or there is no `pos:R:3`.
 */
export function parseProperties(file: string, line: number, value: string): Field[] {
  const parts = value.split(':');
  const fields: Field[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < parts.length; at += 3) {
    const [name, type, widthText] = parts.slice(at, at + 3);
    const width = Number(widthText);
    const sound = name && type && /^[SRIL]$/i.test(type) && Number.isInteger(width) && width >= 1 && !seen.has(name);
    if (!sound) {
      const found = quote(parts.slice(at, at + 3).join(':'));
      throw badInput({ file, line, expected: 'Properties of name:type:width, every name once', found });
    }
    seen.add(name);
    const kind = kindOf(name.toLowerCase(), type.toUpperCase(), width);
    for (let component = 0; component < width; component++) fields.push({ kind, name, component });
  }
  if (fields.filter(({ kind }) => kind === 'position').length !== 3) {
    throw badInput({ file, line, expected: 'pos:R:3 among the Properties', found: quote(value) });
  }
  return fields;
}

function kindOf(name: string, type: string, width: number): Field['kind'] {
  if (name === 'pos' && width === 3 && type !== 'S') return 'position';
  if (name === 'id' && type === 'I' && width === 1) return 'id';
  if (type === 'S') return SPECIES_NAMES.includes(name) && width === 1 ? 'species' : 'skip';
  return type === 'L' ? 'logical' : 'value';
}
