import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { chooseBulkEnergy } from '#campaign/bulkEnergy.ts';
import { countKinds, describeEntries } from '#campaign/energyEntry.ts';
import { BULK_ID } from '#campaign/jobs.ts';
import { countReturned, describeReturned } from '#campaign/joinEnergies.ts';
import { makeColumn } from '#data/column.ts';
import { takeEnergies } from './energySources/takeEnergies.ts';
import { planCampaign } from './planCampaign.ts';
import type { StageWork } from './results.ts';

/**
 * Take energies, and count them from the bulk. A table that is refused leaves the campaign as it was.
 */
export const importEnergies: StageWork<'energies'> = async (results, parameters, context, source) => {
  const { memory, control } = context;
  const { snapshot } = results.snapshot!;
  const jobs = planCampaign(results);
  const taken = await takeEnergies({ results, parameters, jobs, source, context });
  control.throwIfCancelled();
  const bulk = chooseBulkEnergy({
    typed: parameters.bulkEnergy === 'auto' ? null : Number(parameters.bulkEnergy),
    returned: taken.bulkReturned,
    putAside: taken.entries.find(({ id, state }) => id === BULK_ID && state === 'quarantined')?.reason,
    ...(taken.labels ? { labels: taken.labels } : {}),
  });
  control.throwIfCancelled();
  const label = memory.allocate('energies', 'float64', snapshot.count);
  for (let row = 0; row < label.length; row++) label[row] = taken.energyOf(row) - bulk.value;
  const missing = jobs.filter((job) => job.row !== null && Number.isNaN(label[job.row]!));
  const partial = taken.labels
    ? []
    : countReturned(jobs, missing)
        .filter(({ role, missing: absent }) => role !== 'bulk' && absent.length > 0)
        .map((progress) => ({ message: `${describeReturned(progress)}.` }));
  return {
    result: {
      label,
      source: taken.source,
      bulkEnergy: bulk.value,
      bulkSource: bulk.source,
      complete: taken.labels !== undefined,
      table: taken.table,
    },
    summary: {
      source: taken.source,
      kinds: countKinds(taken.entries),
      labelled: label.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0),
      bulkEnergy: bulk.value,
      bulkSource: bulk.source,
      missing: missing.map((job) => job.id),
      entries: [...taken.entries],
      earlier: [],
      replicaCheck: taken.replicaCheck ?? null,
    },
    columns: [makeColumn('energies.label', 'eV', label)],
    warnings: [...taken.warnings, ...describeEntries(taken.entries), ...partial],
    input: taken.table ? bytesToHex(sha256(utf8ToBytes(taken.table.text))) : '',
  };
};
