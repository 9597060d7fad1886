import type { Job } from '#campaign/jobs.ts';
import type { Campaign } from '#campaign/packageFiles.ts';
import type { Control } from '#data/control.ts';
import { badParameter, type Warning } from '#data/errors.ts';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import { cutReplicas } from '#kernels/replica/cutReplica.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';
import type { Parameters } from './parameters.ts';
import { planCampaign } from './planCampaign.ts';
import type { Results } from './results.ts';

/**
 * The cells of all jobs of the selection, or of the jobs that are named, cut as the parameters say: what is sent out, and
 * what outputs are held against.
 */
export function cutCampaign(
  results: Results,
  parameters: Pick<Parameters, 'replicaEdge' | 'minDistance' | 'seam'>,
  control?: Control,
  jobs: readonly Job[] = planCampaign(results),
): { campaign: Campaign; warnings: Warning[] } {
  const { snapshot, list } = results.snapshot!;
  const options = { edge: parameters.replicaEdge, minDistance: parameters.minDistance, seam: parameters.seam };
  const centres = jobs.flatMap((job) => (job.row === null ? [] : [job.row]));
  const cells = cutReplicas(list, centres, options, control);
  const { latticeConstant, warnings } = bulkLatticeConstant(results);
  return { campaign: { snapshot, jobs, cells, bulk: buildBulkReference(latticeConstant), options }, warnings };
}

/** Median of the BCC atoms; of all atoms, with a warning, where there are none. */
function bulkLatticeConstant({ structure }: Results): { latticeConstant: number; warnings: Warning[] } {
  const { bulkLatticeConstant, latticeConstant } = structure!;
  if (bulkLatticeConstant !== null) return { latticeConstant: bulkLatticeConstant, warnings: [] };
  const known = latticeConstant.filter((value) => !Number.isNaN(value));
  if (known.length === 0) throw badParameter('No atom has 14 neighbours: there is no lattice constant for a bulk cell');
  return {
    latticeConstant: medianOf(known),
    warnings: [{ message: 'No BCC atoms: the bulk cell uses the median local lattice constant of all atoms.' }],
  };
}
