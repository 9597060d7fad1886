import { joinEnergies } from '#campaign/joinEnergies.ts';
import { readEnergiesCsv } from '#formats/energiesCsv/read.ts';
import type { EnergyRequest, TakenEnergies } from './taken.ts';

/**
 * Energies of a table.
 * @throws Refusal as `readEnergiesCsv` and `joinEnergies` do.
 */
export function takeTable({ results, jobs }: EnergyRequest, name: string, text: string): TakenEnergies {
  const { rows, pending } = readEnergiesCsv(text, name);
  const joined = joinEnergies({
    file: name,
    rows,
    jobs,
    ids: results.snapshot!.snapshot.ids,
    given: results.select!.givenRows,
  });
  const waiting = pending === 0 ? [] : [{ message: `${name}: ${pending} rows have no energy yet.` }];
  return {
    source: name,
    energyOf: (row) => joined.energyOfRow.get(row) ?? Number.NaN,
    bulkReturned: joined.bulkEnergy,
    table: { name, text },
    warnings: [...joined.warnings, ...waiting],
  };
}
