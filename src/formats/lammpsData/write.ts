import { findElement } from '#chem/elements.ts';
import type { Cell } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import type { Structure } from '../format.ts';

/**
 * A LAMMPS data file, `atom_style atomic`, `units metal` (LAMMPS manual, "read_data command"). Atom k has id k + 1.
 * @param typeOrder Species of type 1, 2, ...: give it where many files must agree with one pair style; by default the
 * species in order of first appearance.
 * @throws Refusal (`bad-parameter`) for a cell that is not as LAMMPS orients it (a along x, b in the xy plane,
 * right-handed), and for a species without a mass or a type.
 */
export function writeLammpsData(structure: Structure, typeOrder?: readonly string[]): string {
  const { cell, species, position, comment } = structure;
  checkOrientation(cell);
  const types = typeOrder ?? [...new Set(species)];
  const [xy, xz, yz] = [cell.vectors[3]!, cell.vectors[6]!, cell.vectors[7]!];
  const lines = [comment.replace(/[\r\n]+/g, ' '), '', `${species.length} atoms`, `${types.length} atom types`, ''];
  for (const [k, axis] of ['x', 'y', 'z'].entries()) {
    lines.push(`${cell.origin[k]} ${cell.origin[k]! + cell.vectors[4 * k]!} ${axis}lo ${axis}hi`);
  }
  if (xy !== 0 || xz !== 0 || yz !== 0) lines.push(`${xy} ${xz} ${yz} xy xz yz`);
  lines.push('', 'Masses', '');
  types.forEach((symbol, type) => {
    lines.push(`${type + 1} ${massOf(symbol)} # ${symbol}`);
  });
  lines.push('', 'Atoms # atomic', '');
  species.forEach((symbol, row) => {
    const type = types.indexOf(symbol);
    if (type < 0) throw badParameter(`Species ${symbol} is not among the atom types ${types.join(' ')}`);
    lines.push(`${row + 1} ${type + 1} ${position.subarray(3 * row, 3 * row + 3).join(' ')}`);
  });
  return `${lines.join('\n')}\n`;
}

function checkOrientation({ vectors: v }: Cell): void {
  const oriented = v[1] === 0 && v[2] === 0 && v[5] === 0 && v[0]! > 0 && v[4]! > 0 && v[8]! > 0;
  if (oriented) return;
  throw badParameter(
    'A LAMMPS data file needs its first cell vector along x, the second in the xy plane, and a right-handed cell',
  );
}

function massOf(symbol: string): number {
  const element = findElement(symbol);
  if (!element) throw badParameter(`There is no mass for species ${symbol}: it is no element symbol`);
  return element.mass;
}
