import { type Column, makeColumn } from '#data/column.ts';
import { coordinationRadius } from '#kernels/cna/coordination.ts';
import { CHUNKS, type Context } from './executor.ts';
import type { StageResults } from './results.ts';

/**
 * The boundary network as a column of 0 and 1: atoms that are not BCC, and the BCC atoms that count one of them among
 * their neighbours, which lie within half way between the second and third shell of the bulk (Eq. 11).
 */
export async function findNetwork(
  { list }: StageResults['snapshot'],
  { structureType, bulkLatticeConstant }: StageResults['structure'],
  { executor, control, memory }: Context,
): Promise<Column<Uint8Array>> {
  const network = memory.allocate('boundary network', 'uint8', list.count);
  control.begin('finding the boundary network', list.count);
  // Without a BCC atom there is no lattice constant, and no atom that needs its neighbours looked at.
  const radius = bulkLatticeConstant === null ? 0 : coordinationRadius(bulkLatticeConstant);
  await executor.run('network', { list, structureType, radius, network }, CHUNKS, control);
  return makeColumn('structure.network', '', network);
}
