import type { EnergyEntry } from '#campaign/energyEntry.ts';
import type { Job } from '#campaign/jobs.ts';
import type { Warning } from '#data/errors.ts';
import type { StageSource } from '#formats/format.ts';
import type { Context } from '../executor.ts';
import type { Parameters } from '../parameters.ts';
import type { Results } from '../results.ts';
import type { ReplicaCheck } from '../summaries.ts';

/** Energies as they came, before the bulk energy is subtracted. */
export interface TakenEnergies {
  /** In words: which file, which column. */
  readonly source: string;
  /** eV by row; NaN where unknown. */
  readonly energyOf: (row: number) => number;
  /** Energy of the bulk cell's first atom, eV. */
  readonly bulkReturned: number | null;
  /** Of a column, where every atom has one. */
  readonly labels?: { readonly column: string; readonly energy: Float64Array; readonly structureType: Uint8Array };
  /** What became of each energy of a table; [] for a column. */
  readonly entries: readonly EnergyEntry[];
  /** What a continued run reads again, or `computed` here and written down; null for a column. */
  readonly table: { readonly name: string; readonly text: string; readonly computed?: boolean } | null;
  /** Of a potential: energies of the centres in their cells against those in place. */
  readonly replicaCheck?: ReplicaCheck;
  readonly warnings: readonly Warning[];
}

/** What energies are taken with. */
export interface EnergyRequest {
  readonly results: Results;
  readonly parameters: Parameters;
  /** What the selection asks for; energies are joined on it. */
  readonly jobs: readonly Job[];
  /** A file or folder that was given just now. */
  readonly source: StageSource | undefined;
  readonly context: Context;
}
