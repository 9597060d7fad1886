import { Refusal } from '#data/errors.ts';
import { takeColumn } from './column.ts';
import { takeFiles } from './files.ts';
import { takePotential } from './potential.ts';
import { takeTable } from './table.ts';
import type { EnergyRequest, TakenEnergies } from './taken.ts';

/**
 * Energies from what was given just now, else by a potential, else from a column of the snapshot, else from the table that was taken before.
 * @throws Refusal of whatever source is asked, and `not-ready` where there is none.
 */
export async function takeEnergies(request: EnergyRequest): Promise<TakenEnergies> {
  const { results, parameters, source } = request;
  if (source) return takeFiles(request, source);
  if (parameters.potential !== null) return takePotential(request, parameters.potential);
  if (parameters.labelColumn !== null) return takeColumn(results, parameters.labelColumn);
  const before = results.energies?.table;
  if (before && !before.computed) return takeTable(request, before.name, before.text);
  throw new Refusal({
    tag: 'not-ready',
    message:
      'No energies: import a table of computed ones, take a column of the snapshot (--label-column c_pe), or name a potential (--potential)',
  });
}
