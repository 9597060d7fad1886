import type { ErrorCurve } from '#pipeline/summaries.ts';
import type { FigureSpec } from './figureSpec.ts';
import type { PlotColours } from './template.ts';

export interface ErrorCurvesInput {
  readonly curves: readonly ErrorCurve[];
  /** Features of the linear model, d + 1 with the constant; fewer training atoms than that are greyed. */
  readonly features: number;
  /** What the errors are over, in words: '80 test atoms'. */
  readonly evaluatedOn: string;
  readonly colours: PlotColours;
}

/** RMSE and max |error| against the number of training atoms (Fig. 5): the mean over the seeds, and their range as a band. */
export function errorCurves(input: ErrorCurvesInput): FigureSpec {
  throw new Error(String(input));
}
