import type { CellList } from '#kernels/cellList/cellList.ts';
import { BLOCK_ROWS, reserveBlock } from '#kernels/pca/descriptorBlock.ts';
import { makeMomentAccumulator } from '#kernels/pca/momentAccumulator.ts';
import { momentsLength } from '#kernels/pca/secondMoment.ts';
import { KernelMemory } from '#kernels/wasm/kernelMemory.ts';
import { chunkStart } from '../executor.ts';
import { type DescriptorChoice, describeBlocks } from './describer.ts';
import { blocks, type Task } from './task.ts';

export interface MomentsInput {
  readonly list: CellList;
  readonly descriptor: DescriptorChoice;
  /** [D] subtracted from every descriptor, so that the moments do not cancel. */
  readonly shift: Float64Array;
  /** [chunks, 1 + D + D (D + 1) / 2] count, sum and upper triangle of the second moment of each chunk. */
  readonly moments: Float64Array;
}

/** First pass over the atoms: describe, and add to the moments. */
export const momentsTask: Task<MomentsInput> = {
  prepare: ({ list, descriptor, shift, moments }) => {
    const memory = new KernelMemory();
    const block = reserveBlock(memory, shift.length);
    const accumulator = makeMomentAccumulator(memory, block, shift, descriptor.arithmetic);
    const describer = describeBlocks(list, descriptor, memory, block);
    const length = momentsLength(shift.length);
    return function* (chunk, chunks) {
      const end = chunkStart(list.count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(list.count, chunk, chunks), end, BLOCK_ROWS)) {
        describer.describe(from, to);
        accumulator.add(to - from);
        yield to - from;
      }
      accumulator.drain(moments.subarray(chunk * length, (chunk + 1) * length));
    };
  },
};
