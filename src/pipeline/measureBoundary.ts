import { BCC } from '#chem/structureTypes.ts';
import { cellVolume } from '#data/cell.ts';
import { type Column, makeColumn } from '#data/column.ts';
import { Refusal } from '#data/errors.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { binSet, usefulBinWidth } from '#kernels/profile/boundaryDistance.ts';
import { CHUNKS, type Context } from './executor.ts';
import type { Results } from './results.ts';

/** Bins wider than those of the snapshot by less than this are not worth sorting the atoms again. */
const WORTH_SORTING = 1.5;

export const BOUNDARY_DISTANCE = 'structure.boundaryDistance';

/**
 * Distance of every atom from the nearest atom that is not BCC, Å: how far it lies from a boundary. 0 for those atoms
 * themselves, NaN for all where every atom is BCC.
 * @throws Refusal (`not-ready`) before the atoms are classified, `no-memory`, `cancelled`.
 */
export async function measureBoundary(results: Results, { executor, control, memory }: Context): Promise<Column> {
  const { snapshot, structure } = results;
  if (!snapshot || !structure) {
    throw new Refusal({ tag: 'not-ready', message: 'The distance from the boundary needs Structure first' });
  }
  const { structureType } = structure;
  const distance = memory.allocate('distance from the boundary', 'float32', structureType.length);
  const scratch = memory.buffers;
  try {
    const belongs = (row: number) => structureType[row] !== BCC;
    const members = structureType.reduce((sum, code) => sum + (code === BCC ? 0 : 1), 0);
    const { cell, position } = snapshot.snapshot;
    const filled = Math.abs(cellVolume(cell)) * snapshot.list.extent.reduce((product, part) => product * part, 1);
    const width = usefulBinWidth(filled, members);
    const list =
      width > WORTH_SORTING * Math.max(...snapshot.list.binThickness)
        ? buildCellList(position, cell, width, memory, control)
        : snapshot.list;
    const set = binSet(list, belongs, memory);
    control.begin('measuring distances', list.count);
    await executor.run('boundary', { set, distance }, CHUNKS, control);
  } catch (thrown) {
    memory.release(distance);
    throw thrown;
  } finally {
    memory.forget([...memory.buffers].filter((buffer) => !scratch.has(buffer)));
  }
  return makeColumn(BOUNDARY_DISTANCE, 'Å', distance);
}
