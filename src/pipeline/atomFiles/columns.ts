import { rowsOf } from '#data/atomSet.ts';
import { type Column, dtypeOf, makeColumn, type NumericArray } from '#data/column.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { Results } from '../results.ts';
import type { AtomFileRequest } from './atomFile.ts';

/**
 * Every quantity of the atoms, under names that no two of them share as they are written: what was computed first, then
 * the columns of the file, which make room.
 * @param written A column's name as it stands in the file.
 * @param taken Names of the file itself, such as those of positions.
 */
export function columnsOf(
  { snapshot, structure, select, energies, model }: Results,
  written: (name: string) => string,
  taken: readonly string[],
): Column[] {
  const computed = [
    ...(structure
      ? [
          makeColumn('structure.type', '', structure.structureType),
          makeColumn('structure.coordination', '', structure.coordination),
        ]
      : []),
    ...(energies ? [makeColumn('energies.label', 'eV', energies.label)] : []),
    ...(model ? [makeColumn('model.energy', 'eV', model.energy), makeColumn('model.sigma', 'eV', model.sigma)] : []),
    ...(select ? [makeColumn('selection', '', chosenFlags(snapshot!.snapshot, select.rows))] : []),
  ];
  const names = new Set([...taken, ...computed.map(({ name }) => written(name))]);
  const own = snapshot!.snapshot.columns.map((column) => {
    let name = column.name;
    while (names.has(written(name))) name = `from_file_${name}`;
    names.add(written(name));
    return { ...column, name };
  });
  return [...computed, ...own];
}

/** [n] 1 for the chosen atoms: what OVITO shows as selected. */
export function chosenFlags({ count }: Snapshot, rows: Uint32Array): Uint8Array {
  const chosen = new Uint8Array(count);
  for (const row of rows) chosen[row] = 1;
  return chosen;
}

/** The atoms of the set as a snapshot of their own, and their columns; given back when `use` is through. */
export function* withPart(
  { results, set, memory }: AtomFileRequest,
  columns: readonly Column[],
  use: (part: Snapshot, columns: readonly Column[]) => Iterable<string>,
): Generator<string> {
  const { snapshot } = results.snapshot!;
  const rows = rowsOf(set);
  const made: NumericArray[] = [];
  const taken = <A extends NumericArray>(array: A, width = 1): A => {
    const part = memory.allocate('atoms of a set', dtypeOf(array), width * rows.length);
    made.push(part);
    rows.forEach((row, k) => {
      for (let c = 0; c < width; c++) part[k * width + c] = array[row * width + c]!;
    });
    return part as unknown as A;
  };
  try {
    const part = {
      ...snapshot,
      count: rows.length,
      ids: taken(snapshot.ids),
      types: taken(snapshot.types),
      position: taken(snapshot.position, 3),
    };
    const ofPart = columns.map(({ name, unit, array, shape }) => {
      const width = shape[1] ?? 1;
      return makeColumn(name, unit, taken(array, width), width);
    });
    yield* use(part, ofPart);
  } finally {
    memory.release(...made);
  }
}
