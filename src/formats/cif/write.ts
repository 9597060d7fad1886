import { cellVolume, invertCell } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import type { Structure } from '../format.ts';

/** Digits behind the point: lengths in Å, angles in degrees, fractions. A position is good to 1e-11 Å in a cell of 10 Å. */
const DIGITS = { length: 10, angle: 8, fraction: 12 } as const;

/**
 * A CIF of a cell in P1: lengths, angles and fractional coordinates, atoms in the order of the structure and labelled by
 * it (Fe1 is the centre). Fractions are relative to the origin and are not wrapped. A CIF holds no orientation: readers
 * put a along x and b into the xy plane, as a replica cell has them anyway.
 * @throws Refusal (`bad-parameter`) for a left-handed cell, which lengths and angles cannot tell.
 */
export function writeCif(structure: Structure): string {
  const { cell, position, species, comment } = structure;
  if (!(cellVolume(cell) > 0)) throw badParameter('A CIF takes no left-handed cell: exchange two of its vectors');
  const vectors = [0, 3, 6].map((at) => Array.from(cell.vectors.subarray(at, at + 3)));
  const lengths = vectors.map((vector) => Math.hypot(...vector));
  const angle = (p: number, q: number) => {
    const cosine = dot(vectors[p]!, vectors[q]!) / (lengths[p]! * lengths[q]!);
    return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
  };
  const inverse = invertCell(cell);
  const lines = [
    `# ${toAscii(comment)}`,
    'data_cell',
    ...['a', 'b', 'c'].map((name, k) => `_cell_length_${name} ${lengths[k]!.toFixed(DIGITS.length)}`),
    `_cell_angle_alpha ${angle(1, 2).toFixed(DIGITS.angle)}`,
    `_cell_angle_beta ${angle(0, 2).toFixed(DIGITS.angle)}`,
    `_cell_angle_gamma ${angle(0, 1).toFixed(DIGITS.angle)}`,
    "_symmetry_space_group_name_H-M 'P 1'",
    '_symmetry_Int_Tables_number 1',
    'loop_',
    '_symmetry_equiv_pos_as_xyz',
    "'x, y, z'",
    'loop_',
    ...['label', 'type_symbol', 'fract_x', 'fract_y', 'fract_z'].map((name) => `_atom_site_${name}`),
  ];
  species.forEach((symbol, row) => {
    const r = [0, 1, 2].map((k) => position[3 * row + k]! - cell.origin[k]!);
    const fraction = (k: number) => dot(r, [inverse[k]!, inverse[3 + k]!, inverse[6 + k]!]).toFixed(DIGITS.fraction);
    lines.push(`${symbol}${row + 1} ${symbol} ${fraction(0)} ${fraction(1)} ${fraction(2)}`);
  });
  return `${lines.join('\n')}\n`;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

/** CIF is ASCII; a comment is one line. */
function toAscii(text: string): string {
  return text.replaceAll('Å', 'A').replace(/[^ -~]+/g, ' ');
}
