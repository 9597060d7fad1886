import type { StageName } from '#pipeline/parameters.ts';
import type { FigureSpec } from '#plots/figureSpec.ts';
import type { PlotColours } from '#plots/template.ts';

/** What a tab shows: a plot that can be made in any colours, or what has to be run first. */
export type PlotState =
  | {
      readonly build: (colours: PlotColours) => FigureSpec;
      /** For files: "parity". */
      readonly name: string;
      /** For those who cannot see it. */
      readonly label: string;
      /** Where an outline was drawn: "PC1–PC2". Only where points are atoms. */
      readonly short?: string;
    }
  | { readonly missing: string; readonly stage: StageName };
