import { inTurns, nextTurn } from '#data/background.ts';
import { Refusal } from '#data/errors.ts';
import { type AtomsPicture, atomsSvg, legendHeight } from '#figures/atomsPicture.ts';
import { lackingLetters } from '#figures/output/figureWorker.ts';
import type { DrawnSheet, PlacedPicture } from '#figures/output/picture.ts';
import { plotSvg } from '#figures/plotPanel.ts';
import { type AtomsPanel, type PlotPanel, type Recipe, recipeText } from '#figures/recipe.ts';
import { type Box, PX_PER_MM, PX_PER_PT, panelBoxes, sheetSvg } from '#figures/sheet.ts';
import { plotColours } from '#plots/template.ts';
import { LIGHT_SCENE } from '#render/scene.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { type Store, useStore } from '#state/store.ts';
import type { StageHandle } from './FigureStage.tsx';
import { plotOfPanel } from './panelPlots.ts';

export interface DrawnFigure extends DrawnSheet {
  /** The numbers behind each plot, by the name of a file. */
  readonly data: readonly PlotNumbers[];
  /** What was sampled, left out or cannot be told, for the caption. */
  readonly notes: readonly string[];
  /** Each panel as it was drawn, and from what. */
  readonly panels: readonly Drawn[];
  readonly from: DrawnFrom;
  /** Of its pictures. */
  readonly dpi: number;
}

interface DrawnFrom {
  /** The recipe but for the resolution. */
  readonly recipe: string;
  readonly stages: Store['stages'];
  readonly palette: Store['palette'];
}

interface Drawn {
  readonly svg: string;
  readonly picture?: PlacedPicture;
  readonly notes: readonly string[];
  readonly numbers?: PlotNumbers;
}

interface PlotNumbers {
  readonly name: string;
  /** Written when it is asked for. */
  csv(): string;
}

/**
 * Draw a recipe from what is loaded and computed, always on light paper.
 * @param before Other drawings: of one that shows the same the plots are taken, and its pictures where their dots are
 * the same too.
 * @throws Refusal where something that it shows is not there
 */
export async function drawRecipe(
  recipe: Recipe,
  registry: ColumnRegistry,
  stage: StageHandle,
  before: readonly DrawnFigure[] = [],
): Promise<DrawnFigure> {
  const { sheet, panels, columns } = recipe;
  const size = sheet.fontPt * PX_PER_PT;
  const boxes = panelBoxes(sheet, panels.length, columns);
  const { stages, palette } = useStore.getState();
  const from: DrawnFrom = { recipe: recipeText({ ...recipe, sheet: { ...sheet, dpi: 0 } }), stages, palette };
  const known = before.filter((other) => isSame(from, other.from));
  const drawn: Drawn[] = [];
  for (const [k, panel] of panels.entries()) {
    const box = boxes[k]!;
    if (panel.kind === 'atoms') {
      const same = known.find(({ dpi }) => dpi === sheet.dpi);
      drawn.push(same?.panels[k] ?? (await drawAtoms(panel, box, recipe, stage)));
    } else drawn.push(known[0]?.panels[k] ?? (await drawPlot(panel, box, size, `panel-${k}`, registry)));
  }
  const svg = sheetSvg(
    sheet,
    boxes,
    drawn.map(({ svg: content }) => content),
  );
  return {
    svg,
    pictures: drawn.flatMap(({ picture }) => (picture ? [picture] : [])),
    data: drawn.flatMap(({ numbers }) => (numbers ? [numbers] : [])),
    notes: [...new Set(drawn.flatMap(({ notes }) => notes)), ...(await lackNotes(svg))],
    panels: drawn,
    from,
    dpi: sheet.dpi,
  };
}

/** What a reader of the figure would miss in silence. */
async function lackNotes(svg: string): Promise<string[]> {
  const lacking = await lackingLetters(svg.replace(/<[^>]*>/g, ''));
  return lacking === ''
    ? []
    : [`The font of figures has no ${[...lacking].map((letter) => `“${letter}”`).join(', ')}: a PDF leaves it out.`];
}

function isSame(one: DrawnFrom, other: DrawnFrom): boolean {
  return one.recipe === other.recipe && one.stages === other.stages && one.palette === other.palette;
}

async function drawAtoms(panel: AtomsPanel, box: Box, { sheet }: Recipe, stage: StageHandle): Promise<Drawn> {
  const size = sheet.fontPt * PX_PER_PT;
  const { placed, ...taken } = await stage.take({
    panel,
    box: (legend) => ({ ...box, height: box.height - legendHeight(legend, box.width, size) }),
    scale: sheet.dpi / 25.4 / PX_PER_MM,
    transparent: sheet.transparent,
  });
  const picture: AtomsPicture = { ...taken, missing: LIGHT_SCENE.missing };
  return { svg: atomsSvg(picture, box, size), picture: placed, notes: [] };
}

async function drawPlot(
  panel: PlotPanel,
  box: Box,
  size: number,
  name: string,
  registry: ColumnRegistry,
): Promise<Drawn> {
  const store = useStore.getState();
  const plot = plotOfPanel(panel, store, registry);
  if ('missing' in plot) throw new Refusal({ tag: 'not-ready', message: plot.missing });
  const figure = (await inTurns(plot.prepare()))(plotColours('light', store.palette));
  await nextTurn();
  const svg = await plotSvg(figure, box, size, name);
  return { svg, notes: figure.notes, numbers: { name: `${plot.name}.csv`, csv: () => figure.csv() } };
}
