import type { Cell } from '#data/cell.ts';
import type { Column } from '#data/column.ts';
import { badParameter } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { formatFloat64, rowWriter } from '../text/writeNumbers.ts';

const ROWS_PER_CHUNK = 2048;

/**
 * A snapshot as a LAMMPS text dump, in chunks of text: `id type element x y z`, then the columns under their own names, a
 * column of k numbers as `name[1]` to `name[k]`. Elements are left out where one is unknown. Numbers read back bit for
 * bit. A cell that is no restricted triclinic box is written as a general one (LAMMPS manual, "Howto triclinic").
 * @throws Refusal (`bad-parameter`) for a column of another length, a name that is no word, or one that comes twice.
 */
export function* writeLammpsDump(
  { count, cell, ids, types, species, position, source }: Snapshot,
  columns: readonly Column[],
): Generator<string> {
  const named = species.every((symbol) => symbol !== null);
  const fields = ['id', 'type', ...(named ? ['element'] : []), 'x', 'y', 'z', ...columns.flatMap(fieldsOf)];
  checkFields(fields, columns, count);
  const numbersOf = rowWriter(columns);
  yield [
    'ITEM: UNITS\nmetal',
    `ITEM: TIMESTEP\n${source.timestep ?? 0}`,
    `ITEM: NUMBER OF ATOMS\n${count}`,
    boxItem(cell),
    `ITEM: ATOMS ${fields.join(' ')}\n`,
  ].join('\n');
  for (let start = 0; start < count; start += ROWS_PER_CHUNK) {
    const end = Math.min(start + ROWS_PER_CHUNK, count);
    let text = '';
    for (let row = start; row < end; row++) {
      text += `${ids[row]} ${types[row]! + 1}`;
      if (named) text += ` ${species[types[row]!]}`;
      for (let k = 0; k < 3; k++) text += ` ${formatFloat64(position[3 * row + k]!)}`;
      text += `${numbersOf(row)}\n`;
    }
    yield text;
  }
}

function fieldsOf({ name, shape }: Column): string[] {
  const width = shape[1] ?? 1;
  return width === 1 ? [name] : Array.from({ length: width }, (_, k) => `${name}[${k + 1}]`);
}

function checkFields(fields: readonly string[], columns: readonly Column[], count: number): void {
  const odd = fields.find((field) => !/^\S+$/.test(field));
  if (odd !== undefined) throw badParameter(`A column of a dump cannot have the name "${odd}"`);
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined) throw badParameter(`Two columns would both be written as ${twice}`);
  const short = columns.find(({ shape }) => shape[0] !== count);
  if (short) throw badParameter(`Column ${short.name} has ${short.shape[0]} rows, but there are ${count} atoms`);
}

/** Bounds of a restricted triclinic box are those of its bounding box; see `cellOfBox`, which reads them. */
function boxItem({ vectors, origin, periodic }: Cell): string {
  const flags = periodic.map((flag) => (flag ? 'pp' : 'ff')).join(' ');
  const rows = (values: readonly (readonly number[])[]) => values.map((row) => row.map(formatFloat64).join(' '));
  const [edges, upper] = [
    [0, 4, 8],
    [1, 2, 5],
  ].map((places) => places.map((k) => vectors[k]!)) as [number[], number[]];
  if (upper.some((component) => component !== 0) || !edges.every((edge) => edge > 0)) {
    const general = [0, 1, 2].map((k) => [...vectors.slice(3 * k, 3 * k + 3), origin[k]!]);
    return [`ITEM: BOX BOUNDS abc origin ${flags}`, ...rows(general)].join('\n');
  }
  const [xy, xz, yz] = [vectors[3]!, vectors[6]!, vectors[7]!];
  const bounds = edges.map((edge, k) => [origin[k]!, origin[k]! + edge]);
  if (xy === 0 && xz === 0 && yz === 0) return [`ITEM: BOX BOUNDS ${flags}`, ...rows(bounds)].join('\n');
  const sheared = [[0, xy, xz, xy + xz], [0, yz], [0]].map((shifts, k) => [
    bounds[k]![0]! + Math.min(...shifts),
    bounds[k]![1]! + Math.max(...shifts),
    [xy, xz, yz][k]!,
  ]);
  return [`ITEM: BOX BOUNDS xy xz yz ${flags}`, ...rows(sheared)].join('\n');
}
