import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { rowsOf } from '#data/atomSet.ts';
import type { Column } from '#data/column.ts';
import { type CsvCell, writeCsv } from '#formats/csv/write.ts';
import { propertyName } from '#formats/extxyz/write.ts';
import type { AtomFile } from './atomFile.ts';
import { columnsOf } from './columns.ts';

/** Id, position in the file's coordinates, and all there is of each atom; an empty cell where there is no value. */
export const csv: AtomFile = {
  label: 'Export table',
  note: 'CSV: ids, positions, all columns',
  ending: 'csv',
  write({ results, set }) {
    const { ids, position } = results.snapshot!.snapshot;
    const { structure } = results;
    const columns = columnsOf(results, propertyName, ['id', 'x', 'y', 'z']).filter(
      ({ name }) => name !== 'structure.type',
    );
    const header = ['id', 'x_Å', 'y_Å', 'z_Å', ...(structure ? ['structure_type'] : []), ...columns.flatMap(titlesOf)];
    const finite = (value: number) => (Number.isFinite(value) ? value : null);
    const lines = (function* (): Generator<CsvCell[]> {
      for (const row of rowsOf(set)) {
        yield [
          ids[row]!,
          ...[0, 1, 2].map((k) => position[3 * row + k]!),
          ...(structure ? [STRUCTURE_TYPES[structure.structureType[row]!]!.label] : []),
          ...columns.flatMap(({ array, shape: [, width = 1] }) =>
            Array.from(array.subarray(row * width, (row + 1) * width), finite),
          ),
        ];
      }
    })();
    return writeCsv(header, lines);
  },
};

/** `c_pe_eV`; of several numbers an atom `c_stress_1`, `c_stress_2` and so on. */
function titlesOf({ name, unit, shape: [, width = 1] }: Column): string[] {
  const title = `${propertyName(name)}${unit ? `_${unit}` : ''}`;
  return width === 1 ? [title] : Array.from({ length: width }, (_, k) => `${title}_${k + 1}`);
}
