import { type Campaign, describeJobs } from '#campaign/packageFiles.ts';
import { badParameter, type Warning } from '#data/errors.ts';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import { cutReplicas } from '#kernels/replica/cutReplica.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';
import { planCampaign } from './planCampaign.ts';
import type { Results, StageWork } from './results.ts';

/** Cut a periodic cell around every atom that is to be computed (METHOD section 5). */
export const exportReplicas: StageWork<'replicas'> = async (results, parameters, { control }) => {
  const { snapshot, list } = results.snapshot!;
  const jobs = planCampaign(results);
  const options = {
    edge: parameters.replicaEdge,
    minDistance: parameters.minDistance,
    seam: parameters.seam,
  };
  const centres = jobs.flatMap((job) => (job.row === null ? [] : [job.row]));
  const cells = cutReplicas(list, centres, options, control);
  const { latticeConstant, warnings } = bulkLatticeConstant(results);
  const campaign: Campaign = { snapshot, jobs, cells, bulk: buildBulkReference(latticeConstant), options };
  const entries = describeJobs(campaign);
  const cut = [...cells.values()];
  const mean = (value: (cell: (typeof cut)[number]) => number) =>
    cut.reduce((sum, cell) => sum + value(cell), 0) / Math.max(cut.length, 1);
  const depleted = entries.filter((entry) => entry.warnings.length > 0);
  if (depleted.length > 0) {
    const ids = depleted.slice(0, 5).map((entry) => entry.id);
    warnings.push({
      message:
        `${depleted.length} cells lost a neighbour of their centre to the seam rule (atoms ${ids.join(', ')}` +
        `${depleted.length > ids.length ? ', …' : ''}): a longer edge keeps it.`,
    });
  }
  return {
    result: { campaign },
    summary: {
      jobs: entries.map(({ rank, id, role, directory, natoms }) => ({ rank, id, role, directory, atoms: natoms })),
      meanCut: mean((cell) => cell.cutCount),
      meanKept: mean((cell) => cell.rows.length),
      shortestSeamDistance: cut.length > 0 ? Math.min(...cut.map((cell) => cell.shortestSeamDistance)) : null,
    },
    columns: [],
    warnings,
  };
};

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
