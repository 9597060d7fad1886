import { Refusal } from '#data/errors.ts';
import { type FigurePreset, presetRecipe } from '#figures/presets.ts';
import { changedParameters, type Panel, type PlotPanel, type Recipe } from '#figures/recipe.ts';
import type { ParameterName, StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { isFresh } from '#state/actions/run.ts';
import type { Workbench } from '#state/actions/workbench.ts';
import { type Store, useStore } from '#state/store.ts';
import type { LinkedCamera } from '#state/viewLink.ts';
import { readViewState } from '#state/viewState.ts';

const OF_PLOT: Readonly<Record<PlotPanel['kind'], StageName>> = {
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
  if (panel.kind !== 'atoms') return OF_PLOT[panel.kind];
  const owner = (panel.view.colourBy ?? 'structure.type').split('.')[0]!;
  const stage = STAGES.find(({ name }) => name === owner)?.name ?? 'structure';
  return panel.view.markChosen && stage === 'structure' ? 'select' : stage;
}

/** What of the parameters a preset needs otherwise than they are; nothing where all is as it should be. */
export function changesFor({ strategies = [], testSet }: FigurePreset, { parameters }: Store): Recipe['parameters'] {
  const absent = strategies.filter((name) => !parameters.strategies.includes(name) && name !== parameters.criterion);
  return {
    ...(absent.length > 0 && { strategies: [...parameters.strategies, ...absent] }),
    ...(testSet && !parameters.testSet && { testSet: true }),
  };
}

/** Whether all that a recipe shows is there, and from these parameters. */
export function isReady(recipe: Recipe, store: Store): boolean {
  const same = Object.entries(recipe.parameters).every(
    ([name, value]) => JSON.stringify(store.parameters[name as ParameterName]) === JSON.stringify(value),
  );
  return same && isFresh(store, stageOfRecipe(recipe));
}

/**
 * Take the parameters of a recipe over and compute what it shows.
 * @throws Refusal where there are no energies for what it shows, or a stage was refused
 */
export async function bringRecipe(recipe: Recipe, workbench: Workbench): Promise<void> {
  const { setParameter } = useStore.getState();
  for (const [name, value] of Object.entries(recipe.parameters)) setParameter(name as ParameterName, value as never);
  const stage = stageOfRecipe(recipe);
  if (isFresh(useStore.getState(), stage)) return;
  if (stage === 'model' && !workbench.hasEnergies && !useStore.getState().sample) {
    const message = 'This figure shows a model, and there are no energies yet: take them in step 7';
    throw new Refusal({ tag: 'not-ready', message });
  }
  // Of the sample the loop knows where its energies are.
  const loop = stage === 'model' && !workbench.hasEnergies;
  const done = await (loop ? workbench.runWholeLoop() : workbench.run(stage));
  if (done) return;
  const { notice, stages } = useStore.getState();
  const failed = Object.values(stages).find(({ failure }) => failure)?.failure;
  throw new Refusal(failed ?? notice ?? { tag: 'cancelled', message: 'Cancelled' });
}

/** A preset for what is loaded: with the parameters as they are, but for what it needs otherwise. */
export function recipeOf(preset: FigurePreset, store: Store): Recipe {
  const { name = '', sha256 = '' } = store.stages.snapshot.summary ?? {};
  const parameters = { ...changedParameters(store.parameters), ...changesFor(preset, store) };
  const snapshot = { file: name, ...(sha256 && { sha256 }) };
  return presetRecipe(preset, { snapshot, parameters, criterion: store.parameters.criterion });
}

/** The same with its atoms seen as on the page. */
export function withViewOf(recipe: Recipe, store: Store, camera: LinkedCamera | null): Recipe {
  const view = readViewState(store);
  return {
    ...recipe,
    panels: recipe.panels.map((panel) => (panel.kind === 'atoms' ? { ...panel, view, camera } : panel)),
  };
}
