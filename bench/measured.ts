import type { StageName } from '#pipeline/parameters.ts';

/** Where a snapshot has this column of energies (eV an atom), the loop goes on to the fit. */
export const LABEL_COLUMN = 'c_pe';

export interface StageCost {
  readonly stage: StageName;
  readonly milliseconds: number;
  /** Most bytes in arrays while the stage ran. */
  readonly peakBytes: number;
}

/** What it costs a page until it is at rest, CPU seconds of the renderer and the GPU process together. */
export interface DrawingCost {
  /** All atoms drawn again, by another colour map. */
  readonly redrawSeconds: number;
  /** All atoms drawn again, by another column. */
  readonly recolourSeconds: number;
  /** All atoms drawn from another side, with the pictures on the way there. */
  readonly turnSeconds: number;
}

/** The method once, on one platform. */
export interface Measured {
  /** `Node 20.20.2`, `Chromium 156.0.7444.0`. */
  readonly platform: string;
  readonly threads: number;
  readonly atoms: number;
  readonly stages: readonly StageCost[];
  /** From the file to the picks, with everything between the stages. */
  readonly jobMilliseconds: number;
  /** SOAP alone: neighbours were found before. One thread, microseconds an atom. */
  readonly soapMicroseconds: number;
  /** Resident memory of the process that computes at its highest, bytes: of a page its renderer. 0 where unknown. */
  readonly residentBytes: number;
  /** The same of the process that draws. */
  readonly gpuResidentBytes?: number;
  readonly drawing?: DrawingCost;
}
