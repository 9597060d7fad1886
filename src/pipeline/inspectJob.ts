import type { JobInspection } from '#campaign/inspectCell.ts';
import { inspectCell } from '#campaign/inspectCell.ts';
import { replicaOf, structureOf } from '#campaign/packageFiles.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCubicCell } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import { FROM_FILE, findDescriptor } from '#descriptors/index.ts';
import { buildCellList, type CellList } from '#kernels/cellList/cellList.ts';
import type { ReplicaCell } from '#kernels/replica/cutReplica.ts';
import { computedDescriptor } from './descriptorChoice.ts';
import { PARAMETERS, type Parameters } from './parameters.ts';
import { needed, type Results } from './results.ts';

/**
 * What a job's cell is like, and how well its centre is surrounded as in the snapshot.
 * @param rank Of the job; 0 is the bulk cell.
 * @throws Refusal (`not-ready`) before cells are cut, (`bad-parameter`) where there is no such job.
 */
export function inspectJob(results: Results, parameters: Parameters, rank: number): JobInspection {
  const { list } = needed(results, 'snapshot');
  const { campaign } = needed(results, 'replicas');
  const job = campaign.jobs[rank];
  if (!job) throw badParameter(`There is no job ${rank}, only 0 to ${campaign.jobs.length - 1}`);
  const structure = structureOf(campaign, job);
  if (job.row === null) return { rank, id: job.id, structure, cell: null };
  const replica = replicaOf(campaign, job.row);
  const change = descriptorChange(list, replica, parameters);
  return { rank, id: job.id, structure, cell: inspectCell(campaign, replica, change) };
}

/**
 * Distance of the centre's descriptor in its cell from that in the snapshot, relative to the length of the latter; that
 * of SOAP where descriptors come from a file.
 */
export function descriptorChange(
  list: CellList,
  { centreRow, edge, position }: ReplicaCell,
  parameters: Parameters,
): number {
  // Nobody knows a descriptor from a file in another cell: SOAP tells as well whether the centre sees the same.
  const descriptor = parameters.descriptor === FROM_FILE ? PARAMETERS.descriptor.default : parameters.descriptor;
  const { name, parameters: chosen } = computedDescriptor({ ...parameters, descriptor });
  const describe = (atoms: CellList, row: number) => {
    const describer = findDescriptor(name).createDescriber(atoms, chosen);
    const out = new Float64Array(describer.dimension);
    describer.describe(atoms.rowOfPlace.indexOf(row), out, 0);
    return out;
  };
  const inPlace = describe(list, centreRow);
  const inCell = describe(buildCellList(position, makeCubicCell(edge), parameters.cutoff, new MemoryLedger()), 0);
  return Math.hypot(...inPlace.map((value, k) => inCell[k]! - value)) / Math.hypot(...inPlace);
}
