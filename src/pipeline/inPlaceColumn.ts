import type { MemoryLedger } from '#data/buffers.ts';
import { type Column, makeColumn } from '#data/column.ts';
import { Refusal } from '#data/errors.ts';
import { energiesInPlace } from './energiesInPlace.ts';
import type { Context } from './executor.ts';
import { IN_PLACE, type PotentialRef, potentialOf } from './potentials.ts';
import type { StageResults } from './results.ts';

/** The column of energies in place, one at a time: that of another potential takes its place, another snapshot drops it. */
export class InPlaceColumn {
  #energy: Float64Array | undefined;

  /** @throws Refusal `not-ready` without snapshot or potential, and as `energiesInPlace` does; the column before stays. */
  async make(
    snapshot: StageResults['snapshot'] | undefined,
    potential: PotentialRef | null,
    context: Context,
  ): Promise<Column> {
    if (!snapshot || !potential) {
      throw new Refusal({ tag: 'not-ready', message: 'Energies in place need a snapshot and a potential first' });
    }
    const energy = await energiesInPlace(snapshot, potentialOf(potential, context.potentials), context);
    this.drop(context.memory);
    this.#energy = energy;
    return makeColumn(IN_PLACE, 'eV', energy);
  }

  drop(memory: MemoryLedger): void {
    memory.release(this.#energy);
    this.#energy = undefined;
  }
}
