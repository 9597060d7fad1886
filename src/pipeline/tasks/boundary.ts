import { type BinnedSet, SetDistance } from '#kernels/profile/boundaryDistance.ts';
import { chunkStart } from '../executor.ts';
import type { Task } from './task.ts';

export interface BoundaryInput {
  readonly set: BinnedSet;
  /** [n] by row, Å: written. */
  readonly distance: Float32Array;
}

/** So many atoms take a few ms. */
const ATOMS_PER_BLOCK = 2048;

/** Distance of every atom from the nearest of a set; a chunk is a range of bins with its share of the atoms. */
export const boundaryTask: Task<BoundaryInput> = {
  prepare: ({ set, distance }) => {
    const search = new SetDistance(set);
    const { count, binStart } = set.list;
    return function* (chunk, chunks) {
      const end = binAfter(binStart, chunkStart(count, chunk + 1, chunks));
      let done = 0;
      for (let bin = binAfter(binStart, chunkStart(count, chunk, chunks)); bin < end; bin++) {
        done += search.measureBin(bin, distance);
        if (done < ATOMS_PER_BLOCK) continue;
        yield done;
        done = 0;
      }
      yield done;
    };
  },
};

/** The first bin that starts at this place or after it: where one chunk ends, the next begins. */
function binAfter(binStart: Uint32Array, place: number): number {
  let low = 0;
  let high = binStart.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (binStart[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
