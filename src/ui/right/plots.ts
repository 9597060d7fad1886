import { kindWords } from '#campaign/energyEntry.ts';
import { makeCell } from '#data/cell.ts';
import type { Column } from '#data/column.ts';
import { predictAfter } from '#kernels/ridge/predictAfter.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { energyHistogram } from '#plots/energyHistogram.ts';
import type { EnergyReference } from '#plots/energyReference.ts';
import { errorCurves } from '#plots/errorCurves.ts';
import type { Drawing } from '#plots/figureSpec.ts';
import { localErrors } from '#plots/localErrors.ts';
import { type ParityPanel, parity } from '#plots/parity.ts';
import { type PcaPanel, type PointColouring, pcaScatter } from '#plots/pcaScatter.ts';
import { varianceCurve } from '#plots/varianceCurve.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import { count } from '../words/numbers.ts';
import { atOnce, type PlotState } from './plotState.ts';

/** The plots of what was computed, for tabs and figures alike: nothing here looks at the store. */
type Found = { readonly [S in keyof StageSummaries]?: StageSummaries[S] | undefined };

/** Where energies are from, as plots say it. */
export function referenceOf(energies: Found['energies']): EnergyReference | undefined {
  if (!energies) return undefined;
  const { source, kinds, bulkEnergy } = energies;
  return { source: [source, ...kinds.map(kindWords)].join(', '), bulkEnergy };
}

export const UNNAMED: EnergyReference = { source: 'reference' };

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

export function errorPlot({ model, select, energies }: Found): PlotState {
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
        errorCurves({
          curves,
          features,
          evaluatedOn: `${evaluatedOn} (${count(evaluated)})`,
          source: referenceOf(energies),
          colours,
        }),
      ),
  };
}

/** Errors around the worst test atoms. */
export function localErrorPlot(registry: ColumnRegistry, { snapshot, select, energies }: Found): PlotState {
  const error = arrayOf<Float32Array>(registry, 'model.error');
  const positions = arrayOf<Float32Array>(registry, 'atoms.position');
  const coordination = arrayOf<Uint8Array>(registry, 'structure.coordination');
  const ids = arrayOf<Uint32Array>(registry, 'atoms.id');
  if (!error || !positions || !coordination || !ids || !snapshot || !select) return UNFITTED;
  if (select.testIds.length === 0)
    return { missing: 'It needs a test set: keep one, and select again', stage: 'select' };
  const cell = makeCell(snapshot.vectors, snapshot.origin, snapshot.periodic);
  const testRows = rowsOfIds(registry, select.testIds);
  return {
    name: 'local-errors',
    label: 'Errors averaged around test atoms, against the cutoff radius',
    prepare: () => localErrors({ positions, cell, error, coordination, ids, testRows, source: referenceOf(energies) }),
  };
}

export interface ParityChoice {
  /** Names of the strategies beside the selection itself; each is fitted to what it picked. */
  readonly panels: readonly {
    readonly title: string;
    readonly trainingIds: readonly number[];
    readonly isSelection: boolean;
  }[];
}

/** Two strategies, each fitted to the energies of its own atoms, over the same test atoms. */
export function strategyParityPlot(
  registry: ColumnRegistry,
  { model, select, energies }: Found,
  { intercept, given, leftOut }: Pick<Parameters, 'intercept' | 'given' | 'leftOut'>,
  { panels }: ParityChoice,
): PlotState {
  const [predicted, scores] = ['model.energy', 'pool.scores'].map((name) => arrayOf<Float32Array>(registry, name));
  const reference = arrayOf<Float64Array>(registry, 'energies.label');
  const structureType = arrayOf<Uint8Array>(registry, 'structure.type');
  const ids = arrayOf<Uint32Array>(registry, 'atoms.id');
  const width = registry.find('pool.scores')?.shape[1];
  if (!model || !select || !predicted || !scores || !reference || !structureType || !ids || !width) return UNFITTED;
  const tested = rowsOfIds(registry, select.testIds).filter((row) => !Number.isNaN(reference[row]!));
  const rows = tested.length > 0 ? tested : null;
  const features = { array: scores, count: ids.length, width, intercept: intercept === 'fitted' };
  function* prepare(): Generator<void, Drawing> {
    const drawn: ParityPanel[] = [];
    for (const { title, trainingIds, isSelection } of panels) {
      const wanted = [...(given ?? []), ...trainingIds].filter((id) => !leftOut?.includes(id));
      const picked = rowsOfIds(registry, wanted);
      const trainingRows = picked.filter((row) => !Number.isNaN(reference![row]!));
      const own = isSelection ? predicted! : yield* predictAfter(features, trainingRows, reference!, model!.lambda);
      drawn.push({ title, predicted: own, trainingRows });
    }
    return yield* parity({
      panels: drawn,
      reference: reference!,
      rows,
      rowsName: rows ? 'test atoms' : 'atoms with a reference energy',
      source: referenceOf(energies) ?? UNNAMED,
      structureType: structureType!,
      ids: ids!,
    });
  }
  return { name: 'parity-strategies', label: 'Predicted against reference energy, by strategy', prepare };
}

export function histogramPlot(registry: ColumnRegistry, { energies }: Found, logCounts: boolean): PlotState {
  const energy = arrayOf<Float32Array>(registry, 'model.energy');
  const structureType = arrayOf<Uint8Array>(registry, 'structure.type');
  if (!energy || !structureType) return UNFITTED;
  return {
    name: 'histogram',
    label: 'Distribution of the predicted energies, by structure type',
    short: 'the histogram',
    prepare: () => energyHistogram({ energy, structureType, logCounts, source: referenceOf(energies) }),
  };
}
