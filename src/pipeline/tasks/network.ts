import type { CellList } from '#kernels/cellList/cellList.ts';
import { NetworkFinder } from '#kernels/cna/network.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface NetworkInput {
  readonly list: CellList;
  readonly structureType: Uint8Array;
  /** Å. */
  readonly radius: number;
  /** [n] written by row. */
  readonly network: Uint8Array;
}

const ATOMS_PER_BLOCK = 2048;

export const networkTask: Task<NetworkInput> = {
  prepare: ({ list, structureType, radius, network }) => {
    const finder = new NetworkFinder(list, structureType, radius);
    return function* (chunk, chunks) {
      const end = chunkStart(list.count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(list.count, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        finder.mark(from, to, network);
        yield to - from;
      }
    };
  },
};
