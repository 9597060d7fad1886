import type { FigureSpec } from './figureSpec.ts';
import type { PlotColours } from './template.ts';

export interface VarianceCurveInput {
  /** Total variance over all atoms after each pick (Eq. 10), in units of the noise variance. */
  readonly totalVariance: ArrayLike<number>;
  /** Atoms in the total. */
  readonly atoms: number;
  /** Atoms that trained before the first pick. */
  readonly given: number;
  /** Features of the linear model, d + 1 with the constant. */
  readonly features: number;
  readonly colours: PlotColours;
}

/** Expected variance of a prediction against the number of training atoms: when to stop, before any energy exists. */
export function varianceCurve(input: VarianceCurveInput): FigureSpec {
  throw new Error(String(input));
}
