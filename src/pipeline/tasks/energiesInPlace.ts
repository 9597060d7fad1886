import { type EamAtoms, EamEnergies } from '#kernels/eam/energies.ts';
import type { EamModel } from '#kernels/eam/model.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface EnergiesInPlaceInput {
  readonly atoms: EamAtoms;
  readonly model: EamModel;
  /** [n] by row, eV: written; NaN for an atom on the spot of another. */
  readonly energy: Float64Array;
}

/** At 4 µs an atom some ms. */
const ATOMS_PER_BLOCK = 2048;

/** Energy of every atom of the snapshot by a potential. */
export const energiesInPlaceTask: Task<EnergiesInPlaceInput> = {
  prepare: ({ atoms, model, energy }) => {
    const kernel = new EamEnergies(atoms, model);
    const { count } = atoms.list;
    return function* (chunk, chunks) {
      const end = chunkStart(count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(count, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        kernel.compute(from, to, energy);
        yield to - from;
      }
    };
  },
};
