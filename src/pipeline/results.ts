import type { Campaign } from '#campaign/packageFiles.ts';
import type { Column } from '#data/column.ts';
import { Refusal, type Warning } from '#data/errors.ts';
import type { Features } from '#data/features.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { StageSource } from '#formats/format.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';
import type { TakenEnergies } from './energySources/taken.ts';
import type { Context } from './executor.ts';
import type { Parameters, StageName } from './parameters.ts';
import { stageOf } from './stages.ts';
import type { StageSummaries } from './summaries.ts';

/** What each finished stage leaves for those after it. Arrays are owned by the session's memory ledger. */
export interface StageResults {
  snapshot: { snapshot: Snapshot; list: CellList };
  structure: {
    /** [n] code, CN and local lattice constant (Å) of each atom. */
    structureType: Uint8Array;
    coordination: Uint8Array;
    latticeConstant: Float32Array;
    /** Median over the BCC atoms, Å. */
    bulkLatticeConstant: number | null;
  };
  descriptor: {
    mean: Float64Array;
    /** [D, D] eigenvectors in rows, by falling eigenvalue. */
    components: Float64Array;
    /** [D] eigenvalues of the covariance (divided by n - 1). */
    explainedVariance: Float64Array;
    totalVariance: number;
    /** [n, D] by row, where it came from a file; what is computed is never held. Missing in results of earlier versions. */
    matrix?: Float32Array | null;
  };
  pool: {
    /** [n, d] scores, float32, not whitened. */
    scores: Float32Array;
    components: number;
    mean: Float64Array;
    /** [d, D]. */
    loadings: Float64Array;
    explainedVariance: Float64Array;
  };
  select: {
    features: Features;
    /** Chosen rows in the order they were picked. */
    rows: Uint32Array;
    totalVariance: Float64Array;
    /** Rows that train before any pick because their energies exist. */
    givenRows: Uint32Array;
    testRows: Uint32Array;
    /** Picks of further strategies, by name. */
    strategies: ReadonlyMap<string, Uint32Array>;
  };
  replicas: { campaign: Campaign };
  energies: {
    /** [n] eV relative to bulk; NaN where unknown. */
    label: Float64Array;
    source: string;
    bulkEnergy: number;
    bulkSource: string;
    /** True where (nearly) every atom has a label, so that errors over all atoms make sense. */
    complete: boolean;
    /** What was imported, for the manifest and for a continued run; null for a label column. */
    table: TakenEnergies['table'];
  };
  model: {
    weights: Float64Array;
    intercept: 'fitted' | 'none';
    lambda: number;
    noiseVariance: number;
    degreesOfFreedom: number;
    energy: Float32Array;
    sigma: Float32Array;
    sigmaRelative: Float32Array;
    learningCurve: LearningPoint[];
  };
}

export interface LearningPoint {
  readonly strategy: string;
  readonly seed: number;
  readonly n: number;
  readonly rmse: number;
  readonly maxAbsError: number;
}

export type Results = { -readonly [S in StageName]?: StageResults[S] };

/**
 * What a stage left.
 * @throws Refusal (`not-ready`) where it was not run, or from other parameters.
 */
export function needed<S extends StageName>(results: Results, stage: S): StageResults[S] {
  const found = results[stage] as StageResults[S] | undefined;
  if (found) return found;
  throw new Refusal({ tag: 'not-ready', message: `${stageOf(stage).title} is not done yet` });
}

/** What a stage hands back: its results, what to show of them, and what it took from outside. */
export interface Outcome<S extends StageName> {
  readonly result: StageResults[S];
  readonly summary: StageSummaries[S];
  readonly columns: readonly Column[];
  readonly warnings: readonly Warning[];
  /** Name or hash of an outside input, part of the fingerprint; '' where there is none. */
  readonly input?: string;
}

/** One stage of the pipeline. `results` holds those of every stage it needs. */
export type StageWork<S extends StageName> = (
  results: Results,
  parameters: Parameters,
  context: Context,
  source?: StageSource,
) => Promise<Outcome<S>>;
