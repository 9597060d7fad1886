import type { CellList } from '#kernels/cellList/cellList.ts';
import { BLOCK_ROWS, reserveBlock } from '#kernels/pca/descriptorBlock.ts';
import { makeProjector } from '#kernels/pca/project.ts';
import { KernelMemory } from '#kernels/wasm/kernelMemory.ts';
import { chunkStart } from '../executor.ts';
import { type DescriptorChoice, describeBlocks } from './describer.ts';
import { blocks, type Task } from './task.ts';

export interface ProjectInput {
  readonly list: CellList;
  readonly descriptor: DescriptorChoice;
  /** [D]. */
  readonly mean: Float64Array;
  /** [d, D]. */
  readonly loadings: Float64Array;
  /** [n, d] written by row. */
  readonly scores: Float32Array;
}

/** Second pass over the atoms: describe again, and keep the scores. */
export const projectTask: Task<ProjectInput> = {
  prepare: ({ list, descriptor, mean, loadings, scores }) => {
    const memory = new KernelMemory();
    const block = reserveBlock(memory, mean.length);
    const projector = makeProjector(memory, block, mean, loadings, descriptor.arithmetic);
    const describer = describeBlocks(list, descriptor, memory, block);
    const width = loadings.length / mean.length;
    return function* (chunk, chunks) {
      const end = chunkStart(list.count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(list.count, chunk, chunks), end, BLOCK_ROWS)) {
        describer.describe(from, to);
        projector.project(to - from);
        const found = projector.scores;
        for (let place = from; place < to; place++) {
          const at = (place - from) * width;
          const row = list.rowOfPlace[place]! * width;
          for (let k = 0; k < width; k++) scores[row + k] = found[at + k]!;
        }
        yield to - from;
      }
    };
  },
};
