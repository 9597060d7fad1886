import type { FigureSpec } from './figureSpec.ts';
import type { PlotColours } from './template.ts';

export interface EnergyHistogramInput {
  /** [n] predicted energy, eV relative to bulk. */
  readonly energy: Float32Array | Float64Array;
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  readonly logCounts: boolean;
  readonly colours: PlotColours;
}

/** Distribution of the predicted energies, stacked by structure type (Fig. 7). */
export function energyHistogram(input: EnergyHistogramInput): FigureSpec {
  throw new Error(String(input));
}
