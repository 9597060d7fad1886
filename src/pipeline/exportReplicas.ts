import { describeJobs } from '#campaign/packageFiles.ts';
import { cutCampaign } from './cutCampaign.ts';
import type { StageWork } from './results.ts';

/** Cut a periodic cell around every atom that is to be computed (METHOD section 5). */
export const exportReplicas: StageWork<'replicas'> = async (results, parameters, { control }) => {
  const { campaign, warnings } = cutCampaign(results, parameters, control);
  const entries = describeJobs(campaign);
  const cut = [...campaign.cells.values()];
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
