import { fileColumn } from '../fileColumn.ts';
import type { Results } from '../results.ts';
import type { TakenEnergies } from './taken.ts';

/**
 * A column of the snapshot in place of calculations.
 * @throws Refusal (`bad-parameter`) where there is no such column.
 */
export function takeColumn({ snapshot, structure }: Results, name: string): TakenEnergies {
  const column = fileColumn(snapshot!.snapshot, name, 'Label from column (--label-column)');
  const energy = column.array;
  const unknown = energy.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  return {
    source: `column ${name}`,
    energyOf: (row) => (Number.isFinite(energy[row]!) ? energy[row]! : Number.NaN),
    bulkReturned: null,
    labels: { column: name, energy, structureType: structure!.structureType },
    entries: [],
    table: null,
    warnings: unknown === 0 ? [] : [{ message: `${unknown} atoms have no number in column ${name}.` }],
  };
}
