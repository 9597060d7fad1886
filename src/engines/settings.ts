import { badParameter } from '#data/errors.ts';
import type { InputParameter } from './input.ts';

/** Checked settings. Keys are those of the code's parameters; another is a bug. */
export interface SettingReader {
  number(key: string): number;
  text(key: string): string;
  /**
   * What an element has in a list of elements.
   * @throws Refusal (`bad-parameter`) where it is not named.
   */
  ofElement(key: string, symbol: string): string;
  /**
   * The number that an element has in a list of elements; `missing` where it is not named.
   * @throws Refusal (`bad-parameter`) for a word that is no number.
   */
  numberOfElement(key: string, symbol: string, missing?: number): number;
}

/**
 * Settings against the parameters of a code.
 * @throws Refusal (`bad-parameter`) for a key that the code does not have and for a value that cannot be.
 */
export function readSettings(
  code: string,
  parameters: readonly InputParameter[],
  given: Readonly<Record<string, number | string>> = {},
): SettingReader {
  const byKey = new Map(parameters.map((parameter) => [parameter.key, parameter]));
  for (const key of Object.keys(given)) {
    if (!byKey.has(key)) throw badParameter(`${code} has no setting ${key}, only ${[...byKey.keys()].join(', ')}`);
  }
  const values = new Map(
    parameters.map((parameter) => [parameter.key, checkValue(code, parameter, given[parameter.key])]),
  );
  const lookUp = (key: string) => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`${code} declares no parameter ${key}`);
    return value;
  };
  const labelOf = (key: string) => byKey.get(key)?.label ?? key;
  const ofElement = (key: string, symbol: string) => {
    const word = readElementList(code, labelOf(key), String(lookUp(key))).get(symbol);
    if (word !== undefined) return word;
    throw badParameter(`${code}, ${labelOf(key)}: nothing is given for ${symbol}; add "${symbol}=..."`);
  };
  return {
    number: (key) => Number(lookUp(key)),
    text: (key) => String(lookUp(key)),
    ofElement,
    numberOfElement(key, symbol, missing) {
      const list = readElementList(code, labelOf(key), String(lookUp(key)));
      if (missing !== undefined && !list.has(symbol)) return missing;
      const word = ofElement(key, symbol);
      const number = Number(word);
      if (Number.isFinite(number)) return number;
      throw badParameter(`${code}, ${labelOf(key)}: expected a number for ${symbol}, found "${word}"`);
    },
  };
}

function checkValue(code: string, parameter: InputParameter, given: number | string | undefined): number | string {
  const value = given ?? parameter.default;
  const place = `${code}, ${parameter.label}`;
  if (parameter.kind === 'number') {
    const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isFinite(number) && number > parameter.above) return number;
    throw badParameter(`${place}: expected a number above ${parameter.above}, found "${value}"`);
  }
  const text = String(value).trim();
  if (parameter.kind === 'elements') readElementList(code, parameter.label, text);
  // They would end a line or a quoted name of an input early.
  else if (/[\r\n'"]/.test(text)) throw badParameter(`${place}: expected one line without quotation marks`);
  return text;
}

/** "Fe=2.2, Cr=0" as a table. Words have no blanks and no commas. */
function readElementList(code: string, label: string, text: string): Map<string, string> {
  const list = new Map<string, string>();
  for (const entry of text.split(/[\s,;]+/).filter(Boolean)) {
    const [, symbol, word] = /^([A-Z][a-z]?)=([^'"]+)$/.exec(entry) ?? [];
    if (!symbol || !word) {
      throw badParameter(`${code}, ${label}: expected entries like Fe=..., found "${entry}"`);
    }
    list.set(symbol, word);
  }
  return list;
}
