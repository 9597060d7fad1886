import type { Column } from '#data/column.ts';
import { badParameter } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';

/**
 * A column of the file with one number an atom.
 * @param asked Label and flag of the parameter that names it.
 * @throws Refusal (`bad-parameter`) where there is no such column.
 */
export function fileColumn({ columns, source }: Snapshot, name: string, asked: string): Column<Float64Array> {
  const single = columns.filter(({ shape }) => shape.length === 1);
  const column = single.find((candidate) => candidate.name === name);
  if (column) return column;
  const names = single.map((candidate) => candidate.name);
  const others = names.length > 0 ? `, only ${names.join(', ')}` : ' and no other column either';
  throw badParameter(`${asked}: ${source.name} has no column ${name}${others}`);
}
