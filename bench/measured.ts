import type { StageName } from '#pipeline/parameters.ts';

/** Where a snapshot has this column of energies (eV an atom), the loop goes on to the fit. */
export const LABEL_COLUMN = 'c_pe';

export interface StageCost {
  readonly stage: StageName;
  readonly milliseconds: number;
  /** Most bytes in arrays while the stage ran; the page does not show it. */
  readonly peakBytes?: number;
}

/** Every stage once, on one platform. */
export interface Measured {
  /** `Node 20.20.2`, `Chromium 156.0.7444.0`. */
  readonly platform: string;
  readonly threads: number;
  readonly atoms: number;
  readonly stages: readonly StageCost[];
  /** Resident memory of the process that computes at its highest, bytes, where the system tells. */
  readonly residentBytes?: number;
}
