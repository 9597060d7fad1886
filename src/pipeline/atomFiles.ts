import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { type AtomSet, rowsOf } from '#data/atomSet.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import { type Column, dtypeOf, makeColumn } from '#data/column.ts';
import { type CsvCell, writeCsv } from '#formats/csv/write.ts';
import { propertyName, writeExtxyz } from '#formats/extxyz/write.ts';
import type { Results } from './results.ts';

/** `ids`: one a line, as `--candidates` and `--exclude` read them. */
export type AtomFileKind = 'ids' | 'csv' | 'extxyz';

/** Atoms of a set as a file, in chunks of text; `name` stands in its head. */
export function atomFile(
  kind: AtomFileKind,
  results: Readonly<Results>,
  set: AtomSet,
  name: string,
  memory: MemoryLedger,
): Iterable<string> {
  switch (kind) {
    case 'ids':
      return idLines(results, set, name);
    case 'csv':
      return csvLines(results, set);
    case 'extxyz':
      return extxyzLines(results, set, name, memory);
  }
}

const IDS_PER_CHUNK = 1 << 13;

function* idLines({ snapshot }: Results, set: AtomSet, name: string): Generator<string> {
  const { source, ids } = snapshot!.snapshot;
  const title = name.replace(/\s+/g, ' ');
  yield `# ${title}: ${set.count} atoms of ${source.name} (SHA-256 ${source.sha256})\n`;
  const rows = rowsOf(set);
  for (let from = 0; from < rows.length; from += IDS_PER_CHUNK) {
    const chunk = rows.subarray(from, from + IDS_PER_CHUNK);
    yield `${Array.from(chunk, (row) => ids[row]).join('\n')}\n`;
  }
}

/** Id, position in the file's coordinates, and all there is of each atom; an empty cell where there is no value. */
function csvLines(results: Results, set: AtomSet): Iterable<string> {
  const { ids, position } = results.snapshot!.snapshot;
  const { structure } = results;
  const columns = columnsOf(results).filter(({ name }) => name !== 'structure.type');
  const withUnit = ({ name, unit }: Column) => `${propertyName(name)}${unit ? `_${unit}` : ''}`;
  const header = ['id', 'x_Å', 'y_Å', 'z_Å', ...(structure ? ['structure_type'] : []), ...columns.map(withUnit)];
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  const lines = (function* (): Generator<CsvCell[]> {
    for (const row of rowsOf(set)) {
      yield [
        ids[row]!,
        ...[0, 1, 2].map((k) => position[3 * row + k]!),
        ...(structure ? [STRUCTURE_TYPES[structure.structureType[row]!]!.label] : []),
        ...columns.map(({ array }) => finite(array[row]!)),
      ];
    }
  })();
  return writeCsv(header, lines);
}

function* extxyzLines(results: Results, set: AtomSet, name: string, memory: MemoryLedger): Generator<string> {
  const { snapshot } = results.snapshot!;
  const rows = rowsOf(set);
  const made: Column['array'][] = [];
  const taken = <A extends Column['array']>(array: A, width = 1): A => {
    const dtype = dtypeOf(array);
    const part = memory.allocate('atoms of a set', dtype, width * rows.length);
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
    const columns = columnsOf(results).map((column) => makeColumn(column.name, column.unit, taken(column.array)));
    yield* writeExtxyz(part, columns, { set: name, source: snapshot.source.name, sha256: snapshot.source.sha256 });
  } finally {
    memory.release(...made);
  }
}

/** Every quantity with one number an atom, under names that no two of them share. */
function columnsOf({ snapshot, structure, energies, model }: Results): Column[] {
  const computed = [
    ...(structure
      ? [
          makeColumn('structure.type', '', structure.structureType),
          makeColumn('structure.coordination', '', structure.coordination),
        ]
      : []),
    ...(energies ? [makeColumn('energies.label', 'eV', energies.label)] : []),
    ...(model ? [makeColumn('model.energy', 'eV', model.energy), makeColumn('model.sigma', 'eV', model.sigma)] : []),
  ];
  const names = new Set(['species', 'pos', 'id', 'x', 'y', 'z', ...computed.map(({ name }) => propertyName(name))]);
  const own = snapshot!.snapshot.columns.map((column) => {
    const plain = names.has(propertyName(column.name)) ? `from_file_${column.name}` : column.name;
    names.add(propertyName(plain));
    return { ...column, name: plain };
  });
  return [...computed, ...own];
}
