import { describeRange } from '#descriptors/descriptor.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';
import { makeProjector } from '#kernels/pca/project.ts';
import { BLOCK_ROWS } from '#kernels/pca/secondMoment.ts';
import { chunkStart } from '../executor.ts';
import { type DescriptorChoice, makeDescriber } from './describer.ts';
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
    const describer = makeDescriber(list, descriptor);
    const projector = makeProjector(mean, loadings);
    const width = loadings.length / mean.length;
    return function* (chunk, chunks) {
      const end = chunkStart(list.count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(list.count, chunk, chunks), end, BLOCK_ROWS)) {
        describeRange(describer, from, to, projector.block);
        projector.project(to - from);
        for (let place = from; place < to; place++) {
          const at = (place - from) * width;
          scores.set(projector.scores.subarray(at, at + width), list.rowOfPlace[place]! * width);
        }
        yield to - from;
      }
    };
  },
};
