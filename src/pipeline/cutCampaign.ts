import type { Job } from '#campaign/jobs.ts';
import type { Campaign } from '#campaign/packageFiles.ts';
import type { Control } from '#data/control.ts';
import { badParameter, type Warning } from '#data/errors.ts';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import { cutReplicas } from '#kernels/replica/cutReplica.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';
import type { Parameters } from './parameters.ts';
import type { Results } from './results.ts';

/**
 * Cut the cells of these jobs, and the bulk cell beside them.
 * @throws Refusal (`bad-parameter`) where the snapshot has no lattice constant for a bulk cell.
 */
export function cutCampaign(
  results: Results,
  jobs: readonly Job[],
  parameters: Parameters,
  control?: Control,
): { readonly campaign: Campaign; readonly warnings: Warning[] } {
  const { snapshot, list } = results.snapshot!;
  const options = { edge: parameters.replicaEdge, minDistance: parameters.minDistance, seam: parameters.seam };
  const centres = jobs.flatMap((job) => (job.row === null ? [] : [job.row]));
  const { latticeConstant, warnings } = bulkLatticeConstant(results);
  const cells = cutReplicas(list, centres, options, control);
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
