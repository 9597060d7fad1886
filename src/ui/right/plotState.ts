import type { StageName } from '#pipeline/parameters.ts';
import type { Drawing } from '#plots/figureSpec.ts';

/** What a tab shows: a plot that can be made in any colours, or what has to be run first. */
export type PlotState =
  | {
      /** Counts what has to be counted, in turns of the page. */
      readonly prepare: () => Generator<void, Drawing>;
      /** For files: "parity". */
      readonly name: string;
      /** For those who cannot see it. */
      readonly label: string;
      /** Where an outline was drawn: "PC1–PC2". Only where points are atoms. */
      readonly short?: string;
    }
  | { readonly missing: string; readonly stage: StageName };

/** For a plot that has nothing to count. */
export function* atOnce(drawing: Drawing): Generator<void, Drawing> {
  yield;
  return drawing;
}
