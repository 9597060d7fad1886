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
 * Every cell of the selection, cut as the parameters say, and the bulk cell.
 * @throws Refusal (`bad-parameter`) where there is no lattice constant for the bulk cell, `cancelled`.
 */
export function cutCampaign(
  results: Results,
  { replicaEdge, minDistance, seam }: Pick<Parameters, 'replicaEdge' | 'minDistance' | 'seam'>,
  control: Control,
): { campaign: Campaign; warnings: Warning[] } {
  const { snapshot, list } = results.snapshot!;
  const jobs = planCampaign(results);
  const options = { edge: replicaEdge, minDistance, seam };
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
