import type { CellList } from '#kernels/cellList/cellList.ts';
import { type Classification, classifyRange } from '#kernels/cna/classify.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface ClassifyInput {
  readonly list: CellList;
  /** Written by row. */
  readonly out: Classification;
}

const ATOMS_PER_BLOCK = 512;

export const classifyTask: Task<ClassifyInput> = {
  prepare: ({ list, out }) =>
    function* (chunk, chunks) {
      const end = chunkStart(list.count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(list.count, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        classifyRange(list, from, to, out);
        yield to - from;
      }
    },
};
