import { MemoryLedger } from '#data/buffers.ts';
import { makeCubicCell } from '#data/cell.ts';
import { type EamAtoms, energyOfFirst } from '#kernels/eam/energies.ts';
import type { EamModel } from '#kernels/eam/model.ts';
import { ReplicaCutter } from '#kernels/replica/cutReplica.ts';
import type { SeamRule } from '#kernels/replica/seam.ts';
import { chunkStart } from '../executor.ts';
import type { Task } from './task.ts';

export interface ReplicaSweepInput {
  readonly atoms: EamAtoms;
  readonly model: EamModel;
  /** [m] places of the centres in the cell list. */
  readonly places: Uint32Array;
  /** Å. */
  readonly edges: readonly number[];
  readonly minDistances: readonly number[];
  readonly seam: SeamRule;
  /** [edges, m] 1 where the cell can be cut out. */
  readonly possible: Uint8Array;
  /** [edges, m, minDistances] eV: energies of the centres in their cells, written; NaN where there is none. */
  readonly energy: Float64Array;
}

/** Cells of every centre at every edge and shortest seam distance, and the energies of their centres. */
export const replicaSweepTask: Task<ReplicaSweepInput> = {
  prepare: ({ atoms, model, places, edges, minDistances, seam, possible, energy }) => {
    const { list, types, elementOfType } = atoms;
    const memory = new MemoryLedger({ shared: false });
    const cutters = edges.map((edge) => new ReplicaCutter(list, { edge, seam }));
    const units = edges.length * places.length;
    const energiesAt = (unit: number): number[] => {
      const place = places[unit % places.length]!;
      return cutters[Math.floor(unit / places.length)]!.cut(place, minDistances).map(({ rows, position, edge }) => {
        const own = Uint8Array.from(rows, (row) => types[row]!);
        return energyOfFirst(position, makeCubicCell(edge), own, elementOfType, model, memory);
      });
    };
    return function* (chunk, chunks) {
      const end = chunkStart(units, chunk + 1, chunks);
      for (let unit = chunkStart(units, chunk, chunks); unit < end; unit++) {
        const found = possible[unit] ? energiesAt(unit) : minDistances.map(() => Number.NaN);
        energy.set(found, unit * minDistances.length);
        yield minDistances.length;
      }
    };
  },
};
