import type { CellList } from '#kernels/cellList/cellList.ts';
import { chunkStart } from '../executor.ts';
import { type DescriptorChoice, makeDescriber } from './describer.ts';
import type { Task } from './task.ts';

export interface DescribeInput {
  readonly list: CellList;
  readonly descriptor: DescriptorChoice;
  readonly places: Uint32Array;
  /** [places, D]. */
  readonly out: Float64Array;
}

/** Descriptors themselves, of chosen atoms. */
export const describeTask: Task<DescribeInput> = {
  prepare: ({ list, descriptor, places, out }) => {
    const describer = makeDescriber(list, descriptor);
    return function* (chunk, chunks) {
      const end = chunkStart(places.length, chunk + 1, chunks);
      for (let k = chunkStart(places.length, chunk, chunks); k < end; k++) {
        describer.describe(places[k]!, out, k * describer.dimension);
        yield 1;
      }
    };
  },
};
