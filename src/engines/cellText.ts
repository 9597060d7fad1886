import type { Structure } from '#formats/format.ts';

/** Elements of a structure in order of first appearance. */
export function speciesOf({ species }: Structure): string[] {
  return [...new Set(species)];
}

/** Position of an atom relative to the origin of the cell, Å: most codes know no origin. */
export function positionOf({ cell, position }: Structure, row: number): [number, number, number] {
  const along = (k: number) => position[3 * row + k]! - cell.origin[k]!;
  return [along(0), along(1), along(2)];
}

/** One text a line for every atom, in the order of the structure. */
export function atomLines(
  structure: Structure,
  format: (symbol: string, at: readonly [number, number, number], row: number) => string,
): string {
  return structure.species.map((symbol, row) => format(symbol, positionOf(structure, row), row)).join('\n');
}

/** Cell vector 0, 1 or 2, Å. */
export function vectorOf({ cell }: Structure, k: number): Float64Array {
  return cell.vectors.subarray(3 * k, 3 * k + 3);
}

/** Id of the centre in its snapshot, or "bulk" for a cell that was not cut from one. */
export function centreIdOf({ columns = [] }: Structure): string {
  const ids = columns.find(({ name }) => name === 'atom_id');
  return ids ? String(ids.array[0]) : 'bulk';
}

/** The comment of a structure as a comment of any input: one line of plain ASCII, without a program's special signs. */
export function titleOf({ comment }: Structure): string {
  return comment
    .replaceAll('Å', 'A')
    .replaceAll(';', ',')
    .replace(/[^\w.,:()/+-]+/g, ' ')
    .trim();
}
