import { Refusal } from '#data/errors.ts';
import { type FigurePreset, presetRecipe } from '#figures/presets.ts';
import { type AtomsPanel, changedParameters, type Panel, type PlotPanel, type Recipe } from '#figures/recipe.ts';
import { BOUNDARY_DISTANCE } from '#pipeline/measureBoundary.ts';
import type { ParameterName, StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { isFresh } from '#state/actions/run.ts';
import type { Workbench } from '#state/actions/workbench.ts';
import { type Store, useStore } from '#state/store.ts';
import type { LinkedCamera } from '#state/viewLink.ts';
import { readViewState } from '#state/viewState.ts';
import { needsOf, type OwnSheet } from './ownSheet.ts';

const OF_PLOT: Readonly<Record<Exclude<PlotPanel['kind'], 'profile'>, StageName>> = {
  pca: 'pool',
  variance: 'select',
  parity: 'model',
  errors: 'model',
  histogram: 'model',
  localErrors: 'model',
};

/** The last stage that a recipe needs. */
export function stageOfRecipe({ panels }: Pick<Recipe, 'panels'>): StageName {
  const order = STAGES.map(({ name }) => name);
  const needed = panels.map((panel) => order.indexOf(stageOfPanel(panel)));
  return order[Math.max(...needed)]!;
}

function stageOfPanel(panel: Panel): StageName {
  if (panel.kind === 'pca' && panel.strategies && panel.strategies.length > 0) return 'select';
  if (panel.kind === 'profile') return stageOfQuantity(panel.profile?.quantity);
  if (panel.kind !== 'atoms') return OF_PLOT[panel.kind];
  const stage = stageOfQuantity(panel.view.colourBy);
  return panel.view.markChosen && stage === 'structure' ? 'select' : stage;
}

/** The stage that makes a column, by the beginning of its name; what no stage makes comes with the structure types. */
function stageOfQuantity(name = 'structure.type'): StageName {
  const owner = name.split('.')[0]!;
  const stage = STAGES.find((one) => one.name === owner)?.name ?? 'structure';
  return stage === 'snapshot' ? 'structure' : stage;
}

/** Whether a profile away from the boundary is among the panels, and nobody has measured that distance yet. */
function lacksBoundary({ panels }: Recipe, { columns }: Store): boolean {
  const wanted = panels.some((panel) => panel.kind === 'profile' && panel.profile?.against === 'boundary');
  return wanted && !(BOUNDARY_DISTANCE in columns);
}

/** The parameters as they are, but for what a figure needs otherwise. */
function parametersFor(
  { strategies = [], testSet }: Pick<FigurePreset, 'strategies' | 'testSet'>,
  { parameters }: Store,
): Recipe['parameters'] {
  const absent = strategies.filter((name) => !parameters.strategies.includes(name) && name !== parameters.criterion);
  return {
    ...changedParameters(parameters),
    ...(absent.length > 0 && { strategies: [...parameters.strategies, ...absent] }),
    ...(testSet && !parameters.testSet && { testSet: true }),
  };
}

/** Whether all that a recipe shows is there, and from these parameters. */
export function isReady(recipe: Recipe, store: Store): boolean {
  const same = Object.entries(recipe.parameters).every(
    ([name, value]) => JSON.stringify(store.parameters[name as ParameterName]) === JSON.stringify(value),
  );
  return same && isFresh(store, stageOfRecipe(recipe)) && !lacksBoundary(recipe, store);
}

/**
 * Take the parameters of a recipe over and compute what it shows.
 * @throws Refusal where there are no energies for what it shows, or a stage was refused
 */
export async function bringRecipe(recipe: Recipe, workbench: Workbench): Promise<void> {
  const { setParameter } = useStore.getState();
  for (const [name, value] of Object.entries(recipe.parameters)) setParameter(name as ParameterName, value as never);
  await bringStage(stageOfRecipe(recipe), workbench);
  if (lacksBoundary(recipe, useStore.getState()) && !(await workbench.measureBoundary())) throw whyNot();
}

async function bringStage(stage: StageName, workbench: Workbench): Promise<void> {
  if (isFresh(useStore.getState(), stage)) return;
  if (stage === 'model' && !workbench.hasEnergies && !useStore.getState().sample) {
    const message = 'This figure shows a model, and there are no energies yet: take them in step 7';
    throw new Refusal({ tag: 'not-ready', message });
  }
  // Of the sample the loop knows where its energies are.
  const loop = stage === 'model' && !workbench.hasEnergies;
  const done = await (loop ? workbench.runWholeLoop() : workbench.run(stage));
  if (!done) throw whyNot();
}

/** What the page says of a stage that did not come about. */
function whyNot(): Refusal {
  const { notice, stages } = useStore.getState();
  const failed = Object.values(stages).find(({ failure }) => failure)?.failure;
  return new Refusal(failed ?? notice ?? { tag: 'cancelled', message: 'Cancelled' });
}

/** A preset for what is loaded: with the parameters as they are, but for what it needs otherwise. */
export function recipeOf(preset: FigurePreset, store: Store): Recipe {
  const parameters = parametersFor(preset, store);
  return presetRecipe(preset, { snapshot: snapshotOf(store), parameters, criterion: store.parameters.criterion });
}

/** A panel of atoms as they are seen on the page. */
export function seenNow(panel: AtomsPanel, store: Store, camera: LinkedCamera | null): AtomsPanel {
  return { ...panel, view: readViewState(store), camera };
}

/** The same with all its atoms seen as on the page. */
export function withViewOf(recipe: Recipe, store: Store, camera: LinkedCamera | null): Recipe {
  const panels = recipe.panels.map((panel) => (panel.kind === 'atoms' ? seenNow(panel, store, camera) : panel));
  return { ...recipe, panels };
}

/** A figure of one's own for what is loaded; of a recipe that was opened the parameters stay its own. */
export function recipeOfSheet({ title, columns, panels: keyed, parameters }: OwnSheet, store: Store) {
  const panels = keyed.map(({ panel }) => panel);
  const snapshot = snapshotOf(store);
  return { title, columns, panels, snapshot, parameters: parameters ?? parametersFor(needsOf(panels), store) };
}

function snapshotOf({ stages }: Store): Recipe['snapshot'] {
  const { name = '', sha256 = '' } = stages.snapshot.summary ?? {};
  return { file: name, ...(sha256 && { sha256 }) };
}

/** What computing it would change, for the sentence before the button. */
export function changeWords({ parameters }: Recipe, store: Store): string {
  const words = [
    parameters.testSet && !store.parameters.testSet && 'keeps a test set',
    parameters.strategies &&
      parameters.strategies.length > store.parameters.strategies.length &&
      'draws Random 1 beside the selection',
  ].filter((word) => typeof word === 'string');
  return words.length > 0 ? `: it ${words.join(' and ')}, so the steps from Select on run again` : '';
}
