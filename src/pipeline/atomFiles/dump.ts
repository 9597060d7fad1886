import { propertyName } from '#formats/extxyz/write.ts';
import { writeLammpsDump } from '#formats/lammpsDump/write.ts';
import type { AtomFile } from './atomFile.ts';
import { columnsOf, withPart } from './columns.ts';

/** What OVITO makes a property of its own in a dump (RIVALS section 4); its codes of structure types are ours. */
const OVITO_NAMES: Readonly<Record<string, string>> = { 'structure.type': 'pattern', 'model.energy': 'c_epot' };

/** Columns of the file under their own names, ours as OVITO knows them. */
function dumpName(column: string): string {
  const known = OVITO_NAMES[column];
  if (known) return known;
  return column.includes('.') ? propertyName(column) : column.replace(/\s+/g, '_');
}

export const dump: AtomFile = {
  label: 'Export dump',
  note: 'LAMMPS dump with all columns, for OVITO and LAMMPS',
  ending: 'dump',
  write(request) {
    const columns = columnsOf(request.results, dumpName, ['id', 'type', 'element', 'x', 'y', 'z']);
    const named = columns.map((column) => ({ ...column, name: dumpName(column.name) }));
    return withPart(request, named, writeLammpsDump);
  },
};
