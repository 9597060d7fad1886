import type { Field } from '../text/atomRows.ts';
import { parseDecimal } from '../text/numbers.ts';

/** Columns before the image flags, by `atom_style` (LAMMPS manual, "read_data command"). Positions are x, y, z. */
const STYLES = {
  angle: 'id molecule type x y z',
  atomic: 'id type x y z',
  body: 'id type bodyflag mass x y z',
  bond: 'id molecule type x y z',
  charge: 'id type q x y z',
  dipole: 'id type q x y z mux muy muz',
  electron: 'id type q spin eradius x y z',
  ellipsoid: 'id type ellipsoidflag density x y z',
  full: 'id molecule type q x y z',
  line: 'id molecule type lineflag density x y z',
  molecular: 'id molecule type x y z',
  peri: 'id type volume density x y z',
  sphere: 'id type diameter density x y z',
  spin: 'id type x y z spx spy spz sp',
  tri: 'id molecule type triflag density x y z',
} as const;

type Style = keyof typeof STYLES;

/** What may be guessed where the file names no style: those of metals and molecules. `molecular` stands for its equals. */
const GUESSED: readonly Style[] = ['atomic', 'charge', 'molecular', 'full', 'sphere', 'dipole', 'spin'];

/** After the columns of a style there may be how often an atom went round the cell. */
const IMAGES = ['ix', 'iy', 'iz'];
const WHOLE = /^[+-]?\d+$/;

export const STYLE_NAMES = Object.keys(STYLES);

export function isStyle(name: string): name is Style {
  return name in STYLES;
}

/** The fields of a line with so many of them; null where the style has another number, with image flags or without. */
export function fieldsOf(style: Style, width: number): Field[] | null {
  const names = STYLES[style].split(' ');
  if (width !== names.length && width !== names.length + IMAGES.length) return null;
  const all = width === names.length ? names : [...names, ...IMAGES];
  return all.map((name) => {
    const axis = ['x', 'y', 'z'].indexOf(name);
    if (axis >= 0) return { kind: 'position', name, component: axis };
    if (name === 'id' || name === 'type') return { kind: name, name, component: 0 };
    return { kind: IMAGES.includes(name) ? 'skip' : 'value', name, component: 0 };
  });
}

/**
 * The styles that the first rows can be of.
 * @param types Number of atom types in the header.
 * @param inReach Whether a coordinate (Å) along an axis lies in or near the cell.
 */
export function fittingStyles(
  rows: readonly (readonly string[])[],
  types: number,
  inReach: (axis: number, value: number) => boolean,
): Style[] {
  return GUESSED.filter((style) => {
    const fields = fieldsOf(style, rows[0]!.length);
    return (
      fields !== null &&
      rows.every((row) => row.length === fields.length && fields.every((field, k) => fits(field, row[k]!)))
    );
  });

  function fits({ kind, name, component }: Field, word: string): boolean {
    const value = parseDecimal(word);
    if (kind === 'position') return Number.isFinite(value) && inReach(component, value);
    if (kind === 'id') return WHOLE.test(word) && value > 0;
    if (kind === 'type') return WHOLE.test(word) && value >= 1 && value <= types;
    if (kind === 'skip' || name === 'molecule') return WHOLE.test(word);
    return Number.isFinite(value);
  }
}
