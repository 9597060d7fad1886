import type { StageName } from '#pipeline/parameters.ts';
import type { Slice } from '#state/slices/clips.ts';
import type { Panel, Recipe, SheetSize } from './recipe.ts';

/** A figure of the paper (METHOD section 6), from whatever is loaded. */
export interface FigurePreset {
  /** "fig5", also the stem of its files. */
  readonly id: string;
  /** "Fig. 5". */
  readonly name: string;
  /** What it shows. */
  readonly about: string;
  /** The last stage that it needs. */
  readonly needs: StageName;
  /** Besides the selection, drawn and fitted for comparison. */
  readonly strategies?: readonly string[];
  /** Whether it needs a test set. */
  readonly testSet?: true;
  readonly sheet: Pick<SheetSize, 'widthMm' | 'heightMm'>;
  readonly columns: number;
  /** @param criterion Of the selection that is compared with others. */
  panels(criterion: string): readonly Panel[];
}

/** Widths of one and two columns of a journal, mm. */
const COLUMN = 85;
const PAGE = 178;

/** Thin enough that grains show as planes of atoms. */
export const PAPER_SLICE: Slice = { on: true, axis: 'z', hkl: [1, 1, 0], position: 0, thickness: 4 };

export const FIGURE_PRESETS: readonly FigurePreset[] = [
  {
    id: 'fig2',
    name: 'Fig. 2',
    about: 'Atoms near a plane, by structure type',
    needs: 'structure',
    sheet: { widthMm: COLUMN, heightMm: 95 },
    columns: 1,
    panels: () => [
      {
        kind: 'atoms',
        view: { colourBy: 'structure.type', slice: PAPER_SLICE, markChosen: false },
        camera: null,
        along: 'z',
      },
    ],
  },
  {
    id: 'fig3',
    name: 'Fig. 3',
    about: 'The first two principal components',
    needs: 'pool',
    sheet: { widthMm: COLUMN, heightMm: 80 },
    columns: 1,
    panels: () => [{ kind: 'pca', components: [0, 1], strategies: [] }],
  },
  {
    id: 'fig4',
    name: 'Fig. 4',
    about: 'Predicted against computed energies, Random 1 and the selection',
    needs: 'model',
    strategies: ['random1'],
    testSet: true,
    sheet: { widthMm: COLUMN, heightMm: 150 },
    columns: 1,
    panels: (criterion) => [{ kind: 'parity', strategies: ['random1', criterion] }],
  },
  {
    id: 'fig5',
    name: 'Fig. 5',
    about: 'Errors against the number of training atoms',
    needs: 'model',
    testSet: true,
    sheet: { widthMm: COLUMN, heightMm: 110 },
    columns: 1,
    panels: () => [{ kind: 'errors' }],
  },
  {
    id: 'fig6',
    name: 'Fig. 6',
    about: 'Training and test atoms among all, Random 1 and the selection',
    needs: 'select',
    strategies: ['random1'],
    testSet: true,
    sheet: { widthMm: COLUMN, heightMm: 140 },
    columns: 1,
    panels: (criterion) => [{ kind: 'pca', components: [0, 1], strategies: ['random1', criterion] }],
  },
  {
    id: 'fig7',
    name: 'Fig. 7',
    about: 'Predicted energies in the model, and their distribution',
    needs: 'model',
    sheet: { widthMm: PAGE, heightMm: 90 },
    columns: 2,
    panels: () => [
      { kind: 'atoms', view: { colourBy: 'model.energy', markChosen: false }, camera: null, along: 'iso' },
      { kind: 'histogram', logCounts: true },
    ],
  },
  {
    id: 'fig8',
    name: 'Fig. 8',
    about: 'Errors of test atoms averaged over what surrounds them',
    needs: 'model',
    testSet: true,
    sheet: { widthMm: COLUMN, heightMm: 80 },
    columns: 1,
    panels: () => [{ kind: 'localErrors' }],
  },
];

export const PLAIN_SHEET: Pick<SheetSize, 'fontPt' | 'dpi' | 'transparent'> = {
  fontPt: 8,
  dpi: 600,
  transparent: false,
};

/** A preset as a recipe for a snapshot and a selection. */
export function presetRecipe(
  preset: FigurePreset,
  { criterion, ...given }: Pick<Recipe, 'snapshot' | 'parameters'> & { readonly criterion: string },
): Recipe {
  return {
    title: `${preset.name}: ${preset.about}`,
    ...given,
    sheet: { ...preset.sheet, ...PLAIN_SHEET },
    columns: preset.columns,
    panels: preset.panels(criterion),
  };
}
