import { propertyName, writeExtxyz } from '#formats/extxyz/write.ts';
import type { AtomFile } from './atomFile.ts';
import { columnsOf, withPart } from './columns.ts';

/** Under the names that OVITO knows: `structure_type`, `local_energy`, `selection`. */
export const extxyz: AtomFile = {
  label: 'Export atoms',
  note: 'Extended XYZ with all columns, for OVITO and ASE',
  ending: 'xyz',
  write(request) {
    const { results, name } = request;
    const { source } = results.snapshot!.snapshot;
    const columns = columnsOf(results, propertyName, ['species', 'pos', 'id']);
    return withPart(request, columns, (part, ofPart) =>
      writeExtxyz(part, ofPart, { set: name, source: source.name, sha256: source.sha256 }),
    );
  },
};
