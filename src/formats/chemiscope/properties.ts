import { type Column, makeColumn } from '#data/column.ts';
import type { Warning } from '#data/errors.ts';
import type { ReaderContext } from '../format.ts';
import type { ChemiscopeDocument } from './document.ts';

/** What a value of an atom property is worth: k numbers, null where it is something else. */
function numbersOf(value: unknown): readonly number[] | null {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  // JSON has no NaN: null stands for it.
  const numbers = list.map((one) => (one === null ? Number.NaN : one));
  return numbers.length > 0 && numbers.every((one) => typeof one === 'number') ? (numbers as number[]) : null;
}

/** Properties of the atoms of one structure as columns, NaN where an atom is no environment, and what was left out. */
export function atomColumns(
  document: ChemiscopeDocument,
  chosen: number,
  allocate: ReaderContext['allocate'],
): { columns: Column<Float64Array>[]; warnings: Warning[] } {
  const count = document.sizes[chosen]!;
  const environments = document.environments();
  const total = document.sizes.reduce((sum, size) => sum + size, 0);
  const before = document.sizes.slice(0, chosen).reduce((sum, size) => sum + size, 0);
  /** Which value belongs to which row. */
  const places: { value: number; row: number }[] = [];
  if (environments === null) for (let row = 0; row < count; row++) places.push({ value: before + row, row });
  else {
    environments.forEach(({ structure, center }, value) => {
      if (structure === chosen) places.push({ value, row: center });
    });
  }
  const properties = document.properties(environments?.length ?? total);
  const columns: Column<Float64Array>[] = [];
  const words: string[] = [];
  for (const { name, values } of properties.filter(({ target }) => target === 'atom')) {
    const numbers = values.map(numbersOf);
    const width = numbers[0]?.length ?? 0;
    if (width === 0 || numbers.some((one) => one?.length !== width)) {
      words.push(name);
      continue;
    }
    const array = allocate(`column ${name}`, 'float64', count * width).fill(Number.NaN);
    for (const { value, row } of places) array.set(numbers[value]!, row * width);
    columns.push(makeColumn(name, '', array, width));
  }
  const others = properties.filter(({ target }) => target !== 'atom').map(({ name }) => name);
  const known = new Set(places.map(({ row }) => row)).size;
  return { columns, warnings: warningsOf({ words, others, known, count, any: columns.length > 0 }) };
}

interface Told {
  readonly words: readonly string[];
  readonly others: readonly string[];
  readonly known: number;
  readonly count: number;
  readonly any: boolean;
}

function warningsOf({ words, others, known, count, any }: Told): Warning[] {
  const warnings: Warning[] = words.map((name) => ({
    message: `Property ${name} holds no numbers, or not as many for every atom: it is left out.`,
  }));
  if (others.length > 0) {
    warnings.push({ message: `Properties of whole structures are left out: ${others.join(', ')}.` });
  }
  if (any && known < count) {
    warnings.push({ message: `Properties are given for ${known} of ${count} atoms: the others have no value (NaN).` });
  }
  return warnings;
}
