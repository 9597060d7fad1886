import { planJobs } from '#campaign/jobs.ts';
import type { Campaign } from '#campaign/packageFiles.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import { badParameter } from '#data/errors.ts';
import { rowOfId } from '#data/snapshot.ts';
import { findEligibleCentres } from '#kernels/replica/eligibility.ts';
import { cutCampaign } from './cutCampaign.ts';
import type { OutputRequest } from './outputFiles.ts';
import { planCampaign } from './planCampaign.ts';
import { needed } from './results.ts';

/**
 * Cells around exactly these atoms, in their order. Where there is a selection they have their roles of it, and are
 * probes where it has none for them; without one they are what the model will train on.
 * @throws Refusal (`bad-parameter`) for atoms that are not there, or that have no room for a cell.
 */
export function namedCampaign(
  { results, parameters }: OutputRequest,
  ids: readonly number[],
  { memory, control }: { readonly memory: MemoryLedger; readonly control?: Control },
): Campaign {
  const { snapshot, list } = needed(results, 'snapshot');
  needed(results, 'structure');
  if (ids.length === 0) throw badParameter('No atoms are named (--ids)');
  const rows = ids.map((id) => {
    const row = rowOfId(snapshot.ids, id);
    if (row < 0) throw badParameter(`Named atoms (--ids): there is no atom with id ${id} in the snapshot`);
    return row;
  });
  const { mask } = findEligibleCentres(list, parameters.replicaEdge, memory, control);
  const barred = rows.find((row) => mask[row] === 0);
  memory.release(mask);
  if (barred !== undefined) {
    throw badParameter(
      `Named atoms (--ids): a cell of ${parameters.replicaEdge} Å around atom ${snapshot.ids[barred]} is wider than ` +
        'the snapshot, or reaches into empty space',
    );
  }
  const planned = results.select ? new Map(planCampaign(results).map(({ row, roles }) => [row, roles])) : null;
  const jobs = planJobs({ ids: snapshot.ids, picks: rows }).map((job) => {
    if (job.row === null || !planned) return job;
    return { ...job, roles: planned.get(job.row) ?? ['probe'] };
  });
  return cutCampaign(results, parameters, control, jobs).campaign;
}
