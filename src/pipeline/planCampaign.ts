import { type Job, planJobs } from '#campaign/jobs.ts';
import type { Results } from './results.ts';

/** The jobs of the selection: what is cut out, and what energies are joined on. */
export function planCampaign({ snapshot, select }: Results): Job[] {
  const { rows, strategies, testRows } = select!;
  return planJobs({ ids: snapshot!.snapshot.ids, picks: rows, strategies, testSet: testRows });
}
