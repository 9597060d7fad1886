import { joinEnergies } from '#campaign/joinEnergies.ts';
import { readEnergiesCsv } from '#formats/energiesCsv/read.ts';
import type { EnergyRequest, TakenEnergies } from './taken.ts';

/**
 * Energies of a table.
 * @throws Refusal as `readEnergiesCsv` and `joinEnergies` do.
 */
export function takeTable({ results, parameters, jobs }: EnergyRequest, name: string, text: string): TakenEnergies {
  const { rows, pending } = readEnergiesCsv(text, name);
  const { acceptedEnergies, forceFields, mixPartitions } = parameters;
  const joined = joinEnergies({
    file: name,
    rows,
    pending,
    jobs,
    ids: results.snapshot!.snapshot.ids,
    given: results.select!.givenRows,
    allowed: { accepted: acceptedEnergies ?? [], forceFields, mixedKinds: mixPartitions },
  });
  const missing = pending.length;
  const waiting = missing === 0 ? [] : [{ message: `${name}: ${missing} rows have no energy yet.` }];
  return {
    source: name,
    energyOf: (row) => joined.energyOfRow.get(row) ?? Number.NaN,
    bulkReturned: joined.bulkEnergy,
    entries: joined.entries,
    table: { name, text },
    warnings: [...joined.warnings, ...waiting],
  };
}
