import type { CellList } from '#kernels/cellList/cellList.ts';
import { makeBlockClassifier } from '#kernels/cna/blockClassifier.ts';
import type { Classification } from '#kernels/cna/classify.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface ClassifyInput {
  readonly list: CellList;
  /** Written by row. */
  readonly out: Classification;
  /** [chunks] atoms that lie on the spot of another atom. */
  readonly coincidentOfChunk: Uint32Array;
}

const ATOMS_PER_BLOCK = 4096;

export const classifyTask: Task<ClassifyInput> = {
  prepare: ({ list, out, coincidentOfChunk }) => {
    const classifier = makeBlockClassifier(list);
    return function* (chunk, chunks) {
      let twins = 0;
      const end = chunkStart(list.count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(list.count, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        twins += classifier.classify(from, to, out);
        yield to - from;
      }
      coincidentOfChunk[chunk] = twins;
    };
  },
};
