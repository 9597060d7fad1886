import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import type { Features } from '#data/features.ts';
import type { Draw } from '../random/random.ts';
import type { GreedyState, GreedyStep } from './greedyState.ts';

/** What a criterion may look at. Rows are in ascending atom id, so ties go to the lower row. */
export interface SelectionInput {
  readonly features: Features;
  /** [n] structure type codes. */
  readonly structureType: Uint8Array;
  /** [n] 1 where the atom may be picked. */
  readonly candidates: Uint8Array;
  /** Rows that count as chosen before the first pick. */
  readonly given: Uint32Array;
  readonly count: number;
  /** Ridge penalty of Eq. 8. */
  readonly lambda: number;
  readonly draw: Draw;
  readonly memory: MemoryLedger;
  readonly control: Control;
  /** Runs one step of a greedy criterion over all atoms, in `chunks` chunks, wherever the caller likes. */
  readonly dispatch: (state: GreedyState, step: GreedyStep) => Promise<void>;
  readonly chunks: number;
}

export interface Selection {
  /** In the order they were picked; fewer than asked for where there are fewer candidates. */
  readonly rows: Uint32Array;
  /** Total over all atoms that the criterion has left after each pick; empty for random ones. */
  readonly totals: Float64Array;
  /** (second best score - best) / |best| at each pick; empty for random ones. */
  readonly relativeGaps: Float64Array;
}

/** A way to pick atoms. Adding one is a file and a line in index.ts. */
export interface Criterion {
  readonly name: string;
  readonly title: string;
  /** Short, for legends. */
  readonly label: string;
  /** True where the picks depend on the seed. */
  readonly random: boolean;
  select(input: SelectionInput): Promise<Selection>;
}
