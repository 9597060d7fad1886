import type { CellList } from '#kernels/cellList/cellList.ts';
import { computedDescriptor, descriptorDimension } from './descriptorChoice.ts';
import { CHUNKS, type Context } from './executor.ts';
import type { Parameters } from './parameters.ts';

const ROWS_PER_BLOCK = 4096;

/**
 * Descriptors themselves of chosen rows, in that order, block by block ([block, D] float64; use each before asking for
 * the next). They are never held for all atoms.
 */
export async function* describeRows(
  list: CellList,
  rows: Uint32Array,
  parameters: Parameters,
  { executor, control, memory }: Context,
): AsyncGenerator<Float64Array> {
  const descriptor = computedDescriptor(parameters);
  const dimension = descriptorDimension(descriptor);
  const placeOfRow = memory.allocate('place of each atom', 'uint32', list.count);
  list.rowOfPlace.forEach((row, place) => {
    placeOfRow[row] = place;
  });
  const places = memory.allocate('atoms to describe', 'uint32', Math.min(ROWS_PER_BLOCK, rows.length));
  const out = memory.allocate('descriptors of a block', 'float64', places.length * dimension);
  control.begin('describing', rows.length);
  for (let start = 0; start < rows.length; start += ROWS_PER_BLOCK) {
    const count = Math.min(ROWS_PER_BLOCK, rows.length - start);
    for (let k = 0; k < count; k++) places[k] = placeOfRow[rows[start + k]!]!;
    const input = { list, descriptor, places: places.subarray(0, count), out };
    await executor.run('describe', input, CHUNKS, control);
    yield out.subarray(0, count * dimension);
  }
  memory.release(placeOfRow, places, out);
}
