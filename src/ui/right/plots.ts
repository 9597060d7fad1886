import type { Column } from '#data/column.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { energyHistogram } from '#plots/energyHistogram.ts';
import { errorCurves } from '#plots/errorCurves.ts';
import { type PcaPanel, type PointColouring, pcaScatter } from '#plots/pcaScatter.ts';
import { varianceCurve } from '#plots/varianceCurve.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { count } from '../words/numbers.ts';
import { atOnce, type PlotState } from './plotState.ts';

/** The plots of what was computed, for tabs and figures alike: nothing here looks at the store. */
type Found = { readonly [S in keyof StageSummaries]?: StageSummaries[S] | undefined };

export const UNFITTED: PlotState = { missing: 'Select atoms, take energies and fit the model first', stage: 'model' };

export function arrayOf<A extends Column['array']>(registry: ColumnRegistry, name: string): A | undefined {
  return registry.find(name)?.array as A | undefined;
}

export interface PcaChoice {
  readonly components: readonly [number, number];
  readonly panels: readonly PcaPanel[];
  readonly colouring: PointColouring | undefined;
}

export function pcaPlot(
  registry: ColumnRegistry,
  { pool }: Found,
  { components, panels, colouring }: PcaChoice,
): PlotState {
  const scores = arrayOf<Float32Array>(registry, 'pool.scores');
  const types = arrayOf<Uint8Array>(registry, 'structure.type');
  const ids = arrayOf<Uint32Array>(registry, 'atoms.id');
  if (!scores || !pool || !ids) return { missing: 'Describe the atoms and project them first', stage: 'pool' };
  if (!types) return { missing: 'Classify the atoms first: their types colour the points', stage: 'structure' };
  const { components: dimension, explainedRatio } = pool;
  const [x, y] = components;
  return {
    name: `pca-${x + 1}-${y + 1}`,
    label: `Atoms on the plane of components ${x + 1} and ${y + 1}${panels.length > 0 ? ', chosen and test atoms marked' : ''}`,
    short: `PC${x + 1}–PC${y + 1}`,
    prepare: () =>
      pcaScatter({ scores, dimension, components, explainedRatio, structureType: types, ids, panels, colouring }),
  };
}

/** The variance that is left, before there are energies. */
export function variancePlot({ select }: Found, atoms: number | undefined, given: number): PlotState {
  if (!select || atoms === undefined) return { missing: 'Select atoms first', stage: 'select' };
  if (select.totalVariance.length === 0) {
    return { missing: `The criterion ${select.criterion} does not follow the variance`, stage: 'select' };
  }
  const { totalVariance, features } = select;
  return {
    name: 'variance',
    label: 'Expected variance of a prediction against the number of training atoms',
    prepare: () => atOnce((colours) => varianceCurve({ totalVariance, atoms, given, features, colours })),
  };
}

export function errorPlot({ model, select }: Found): PlotState {
  if (!model || !select) return UNFITTED;
  const { curves, evaluatedOn, evaluated, notes } = model;
  if (curves.length === 0) {
    return { missing: notes[0] ?? 'There is nothing to compare the predictions with', stage: 'select' };
  }
  const { features } = select;
  return {
    name: 'errors',
    label: 'RMSE and largest error against the number of training atoms',
    prepare: () =>
      atOnce((colours) =>
        errorCurves({ curves, features, evaluatedOn: `${evaluatedOn} (${count(evaluated)})`, colours }),
      ),
  };
}

export function histogramPlot(registry: ColumnRegistry, logCounts: boolean): PlotState {
  const energy = arrayOf<Float32Array>(registry, 'model.energy');
  const structureType = arrayOf<Uint8Array>(registry, 'structure.type');
  if (!energy || !structureType) return UNFITTED;
  return {
    name: 'histogram',
    label: 'Distribution of the predicted energies, by structure type',
    short: 'the histogram',
    prepare: () => energyHistogram({ energy, structureType, logCounts }),
  };
}
