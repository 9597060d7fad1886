import { cellVolume, invertCell } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import type { Structure } from '../format.ts';

export interface SpeciesBlocks {
  readonly symbols: readonly string[];
  readonly counts: readonly number[];
  /** Row of the structure that is written k-th. */
  readonly order: readonly number[];
}

/**
 * Atoms in blocks of one species, as VASP wants them: species in order of first appearance, atoms of a species in
 * their own order. Atom 1, the centre, stays atom 1.
 */
export function groupBySpecies(species: readonly string[]): SpeciesBlocks {
  const rows = new Map<string, number[]>();
  species.forEach((symbol, row) => {
    const block = rows.get(symbol);
    if (block) block.push(row);
    else rows.set(symbol, [row]);
  });
  const blocks = [...rows.values()];
  return { symbols: [...rows.keys()], counts: blocks.map((block) => block.length), order: blocks.flat() };
}

/**
 * A VASP 5 POSCAR. Positions are relative to the origin of the cell, since a POSCAR has none; the order of atoms is
 * that of `groupBySpecies`. The first line is the structure's comment.
 * @throws Refusal (`bad-parameter`) for a left-handed cell, which VASP refuses.
 */
export function writePoscar(structure: Structure, coordinates: 'cartesian' | 'direct' = 'direct'): string {
  const { cell, position, species, comment } = structure;
  if (!(cellVolume(cell) > 0)) throw badParameter('VASP takes no left-handed cell: exchange two of its vectors');
  const { symbols, counts, order } = groupBySpecies(species);
  const inverse = invertCell(cell);
  const lines = [comment.replace(/[\r\n]+/g, ' '), '1.0'];
  for (let row = 0; row < 3; row++) lines.push(`  ${format(cell.vectors.subarray(3 * row, 3 * row + 3))}`);
  lines.push(`  ${symbols.join(' ')}`, `  ${counts.join(' ')}`, coordinates === 'direct' ? 'Direct' : 'Cartesian');
  for (const row of order) {
    const r = [0, 1, 2].map((k) => position[3 * row + k]! - cell.origin[k]!);
    const column = (k: number) => r[0]! * inverse[k]! + r[1]! * inverse[3 + k]! + r[2]! * inverse[6 + k]!;
    lines.push(`  ${format(coordinates === 'direct' ? [column(0), column(1), column(2)] : r)}`);
  }
  return `${lines.join('\n')}\n`;
}

function format(numbers: Iterable<number>): string {
  return Array.from(numbers, (number) => number.toFixed(14).padStart(20)).join(' ');
}
