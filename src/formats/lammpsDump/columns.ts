import { badInput, type Place, type Warning } from '#data/errors.ts';
import type { Field } from '../text/atomRows.ts';

/** Names of coordinates, best first: in the box as simulated, then unwrapped; Cartesian before scaled. */
const COORDINATE_FAMILIES = [
  { names: ['x', 'y', 'z'], scaled: false },
  { names: ['xu', 'yu', 'zu'], scaled: false },
  { names: ['xs', 'ys', 'zs'], scaled: true },
  { names: ['xsu', 'ysu', 'zsu'], scaled: true },
] as const;

export interface ColumnPlan {
  readonly fields: readonly Field[];
  /** Positions are fractions of the cell. */
  readonly scaled: boolean;
  readonly warnings: readonly Warning[];
}

/**
 * What each column of `ITEM: ATOMS` is. Every column but id, type, element and the coordinates in use is a number
 * to be kept by its name; one that holds words in the first row is left out with a warning.
 * @throws Refusal where there are no coordinates, or a name occurs twice.
 */
export function planColumns(place: Place, names: readonly string[], firstRow: readonly string[]): ColumnPlan {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw badInput({ ...place, message: `two columns have the name ${twice}` });
  const families = COORDINATE_FAMILIES.filter((family) => family.names.every((name) => names.includes(name)));
  const family = families[0];
  if (!family) {
    throw badInput({
      ...place,
      expected: 'columns x y z, xu yu zu, xs ys zs or xsu ysu zsu',
      found: names.join(' '),
    });
  }
  const warnings: Warning[] = [];
  if (families.length > 1) {
    const given = families.map(({ names: [first] }) => first).join(', ');
    warnings.push({
      message: `Coordinates are given as ${given}: positions are taken from ${family.names.join(' ')}.`,
    });
  }
  const coordinates: readonly string[] = family.names;
  const fields = names.map((name, index): Field => {
    const component = coordinates.indexOf(name);
    if (component >= 0) return { kind: 'position', name, component };
    if (name === 'id' || name === 'type') return { kind: name, name, component: 0 };
    if (name === 'element') return { kind: 'species', name, component: 0 };
    if (isWord(firstRow[index])) {
      warnings.push({ message: `Column ${name} holds words, not numbers: it is left out.` });
      return { kind: 'skip', name, component: 0 };
    }
    return { kind: 'value', name, component: 0 };
  });
  return { fields, scaled: family.scaled, warnings };
}

function isWord(text: string | undefined): boolean {
  return text !== undefined && /^[a-z_]/i.test(text) && !/^(nan|inf)/i.test(text);
}
