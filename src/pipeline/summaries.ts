import type { EnergyEntry, EnergyKind } from '#campaign/energyEntry.ts';
import type { Cell } from '#data/cell.ts';
import type { Column } from '#data/column.ts';
import type { Warning } from '#data/errors.ts';
import type { Arithmetic } from '#kernels/wasm/arithmetic.ts';
import type { ComparedTypes } from './compareTypes.ts';
import type { StageName } from './parameters.ts';
import type { DescriptorFile } from './readDescriptors.ts';

/** What each stage found, as small plain data: for the rail of the page, `--json` and the manifest. */
export interface StageSummaries {
  snapshot: {
    name: string;
    format: string;
    byteLength: number;
    sha256: string;
    frame: number;
    frameCount: number;
    timestep: number | null;
    count: number;
    /** Cell vectors (rows, Å), origin and periodic directions. */
    vectors: number[];
    origin: number[];
    periodic: Cell['periodic'];
    species: readonly (string | null)[];
    /** Names of the file's own numeric columns. */
    columns: string[];
  };
  structure: {
    /** Atoms of each structure type, by code. */
    counts: number[];
    /** Median local lattice constant of the BCC atoms, Å; null where there are none. */
    latticeConstant: number | null;
    /** Beside the types of the file, where it was said what they mean; missing in summaries of earlier versions. */
    compared?: ComparedTypes | null;
  };
  descriptor: {
    dimension: number;
    /** What was computed with: not always what was asked for. */
    arithmetic: Arithmetic;
    totalVariance: number;
    /** Explained part of the variance of the leading components. */
    explainedRatio: number[];
    /** Where the descriptors were read from; null or missing where they were computed. */
    file?: DescriptorFile | null;
  };
  pool: {
    components: number;
    /** Part of the variance that the kept components explain. */
    explained: number;
    explainedRatio: number[];
  };
  select: {
    criterion: string;
    /** Ids of the chosen atoms, in the order they were picked. */
    ids: number[];
    /** Total variance over all atoms after each pick (Eq. 10), in units of the noise variance; NaN-free, empty for random ones. */
    totalVariance: number[];
    /** Features of the linear model, the constant included: before that many picks the total is no error estimate. */
    features: number;
    candidates: number;
    /** Why atoms are no candidates, and how many. */
    barred: { reason: string; count: number }[];
    testIds: number[];
    /** Picks of the further strategies that were asked for. */
    strategies: { name: string; ids: number[] }[];
  };
  replicas: {
    jobs: { rank: number; id: number; role: string; directory: string; atoms: number }[];
    /** Atoms in a cell: mean over the cells, before and after the seam rule. */
    meanCut: number;
    meanKept: number;
    shortestSeamDistance: number | null;
  };
  energies: {
    /** In words: which column, or which file. */
    source: string;
    /** Programs and divisions among atoms, with their numbers, the commonest first; [] for a column. */
    kinds: (EnergyKind & { count: number })[];
    labelled: number;
    bulkEnergy: number;
    bulkSource: string;
    /** Ids of chosen or test atoms that have no energy. */
    missing: number[];
    /** What became of each energy of a table; [] for a column. */
    entries: EnergyEntry[];
    /** Energies that these replaced, the latest last. */
    earlier: EarlierEnergies[];
    /** Where a potential computed the cells; null for energies from elsewhere. */
    replicaCheck: ReplicaCheck | null;
  };
  model: {
    trained: number;
    lambda: number;
    /** Residual standard deviation s, eV; null where there are too few training atoms to estimate it. */
    noise: number | null;
    degreesOfFreedom: number;
    /** RMSE and max |error| in eV; null where nothing can be compared. */
    rmse: number | null;
    maxAbsError: number | null;
    leaveOneOutRmse: number;
    /** The same of a model that is fitted to what was left out too; null where nothing was. */
    withLeftOut: { trained: number; leaveOneOutRmse: number } | null;
    /** Atoms that were fitted to, and the error of the model without each of them, eV. */
    training: { ids: number[]; leaveOneOut: number[] };
    /** What the errors are over, in words. */
    evaluatedOn: string;
    evaluated: number;
    curves: ErrorCurve[];
    /** What is missing for comparisons that were not made, in words. */
    notes: string[];
    /** Training atoms far from what the model says without them, the farthest first. */
    outliers: OutlyingAtom[];
  };
}

/** Energies of the centres in their replica cells against those in the snapshot, eV, by a classical potential. */
export interface ReplicaCheck {
  /** Name of its file, and how far it reaches, Å. */
  potential: string;
  reach: number;
  /** Of the cells, Å. */
  edge: number;
  minDistance: number;
  /** In the order of the jobs; atoms without an energy are left out. */
  ids: number[];
  inCell: number[];
  inPlace: number[];
}

export interface OutlyingAtom {
  id: number;
  /** Leave-one-out error, eV. */
  error: number;
  /** Distance of that error from the median, in robust standard deviations. */
  deviations: number;
}

/** Energies that were in force before. */
export interface EarlierEnergies {
  source: string;
  /** SHA-256 of their table; '' for a column. */
  sha256: string;
  bulkEnergy: number;
  bulkSource: string;
  entries: EnergyEntry[];
}

/** Errors against the number of training atoms of one strategy; a band where there are several seeds. */
export interface ErrorCurve {
  strategy: string;
  seeds: number;
  n: number[];
  /** Mean over the seeds, and the band from their 10th to their 90th percentile, eV. */
  rmse: { mean: number[]; low: number[]; high: number[] };
  maxAbsError: { mean: number[]; low: number[]; high: number[] };
}

export interface StageReply<S extends StageName = StageName> {
  readonly stage: S;
  readonly fingerprint: string;
  readonly milliseconds: number;
  readonly summary: StageSummaries[S];
  readonly warnings: readonly Warning[];
  /** Columns that this stage made or made anew. */
  readonly columns: readonly Column[];
  /** Name or SHA-256 of what the stage took from outside; part of its fingerprint. */
  readonly input: string;
  /** Bytes that the session holds now, and the most it held while the stage ran. */
  readonly memoryBytes: number;
  readonly peakBytes: number;
}
