import { useMemo } from 'react';
import type { Column } from '#data/column.ts';
import { energyHistogram } from '#plots/energyHistogram.ts';
import { errorCurves } from '#plots/errorCurves.ts';
import { parity } from '#plots/parity.ts';
import { type PointColouring, pcaScatter } from '#plots/pcaScatter.ts';
import { varianceCurve } from '#plots/varianceCurve.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { useStore } from '#state/store.ts';
import { fittingMap } from '../centre/colourBy.ts';
import { columnOf } from '../centre/quantities.ts';
import { useLegendOf, useQuantityNamed } from '../centre/useLegend.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count } from '../words/numbers.ts';
import { atOnce, type PlotState } from './plotState.ts';

/** The registry, looked at anew whenever something was published. */
function useColumns(): ColumnRegistry {
  useStore((store) => store.columns);
  return useWorkbench().columns;
}

function array<A extends Column['array']>(registry: ColumnRegistry, name: string): A | undefined {
  return registry.find(name)?.array as A | undefined;
}

export function usePcaPlot(): PlotState {
  const registry = useColumns();
  const pool = useStore((store) => store.stages.pool.summary);
  const select = useStore((store) => store.stages.select.summary);
  const components = useStore((store) => store.plotComponents);
  const colouring = usePointColouring();
  const scores = registry.find('pool.scores');
  const types = array<Uint8Array>(registry, 'structure.type');
  const ids = array<Uint32Array>(registry, 'atoms.id');
  return useMemo((): PlotState => {
    if (!scores || !pool || !ids) return { missing: 'Describe the atoms and project them first', stage: 'pool' };
    if (!types) return { missing: 'Classify the atoms first: their types colour the points', stage: 'structure' };
    const panels = select
      ? [{ title: '', trainingRows: rowsOfIds(registry, select.ids), testRows: rowsOfIds(registry, select.testIds) }]
      : [];
    const [x, y] = components;
    return {
      name: `pca-${x + 1}-${y + 1}`,
      label: `Atoms on the plane of components ${x + 1} and ${y + 1}${select ? ', chosen and test atoms marked' : ''}`,
      short: `PC${x + 1}–PC${y + 1}`,
      prepare: () =>
        pcaScatter({
          scores: scores.array as Float32Array,
          dimension: pool.components,
          components,
          explainedRatio: pool.explainedRatio,
          structureType: types,
          ids,
          panels,
          colouring,
        }),
    };
  }, [registry, scores, pool, select, components, types, ids, colouring]);
}

/** What colours the points of the PCA plane; undefined where their types do. */
function usePointColouring(): PointColouring | undefined {
  const registry = useColumns();
  const { quantity } = useQuantityNamed(useStore((store) => store.plotColourBy));
  const mapId = fittingMap(
    quantity,
    useStore((store) => store.colourMap),
  );
  const legend = useLegendOf(quantity, mapId);
  const values = columnOf(quantity.id, registry)?.array;
  return useMemo(() => {
    if (legend.kind !== 'range' || !values) return undefined;
    const { title, scale, ticks } = legend;
    return { title, values, scale, ticks };
  }, [legend, values]);
}

export function useParityPlot(): PlotState {
  const registry = useColumns();
  const model = useStore((store) => store.stages.model.summary);
  const select = useStore((store) => store.stages.select.summary);
  const source = useStore((store) => store.stages.energies.summary?.source);
  const bulkEnergy = useStore((store) => store.stages.energies.summary?.bulkEnergy);
  const predicted = array<Float32Array>(registry, 'model.energy');
  const sigma = array<Float32Array>(registry, 'model.sigma');
  const reference = array<Float64Array>(registry, 'energies.label');
  const types = array<Uint8Array>(registry, 'structure.type');
  const ids = array<Uint32Array>(registry, 'atoms.id');
  return useMemo((): PlotState => {
    if (!model || !select || !predicted || !sigma || !reference || !types || !ids) return UNFITTED;
    const tested = rowsOfIds(registry, select.testIds).filter((row) => !Number.isNaN(reference[row]!));
    const rows = tested.length > 0 ? tested : null;
    const spread = rows && model.noise !== null ? observationSpread(rows, sigma, model.noise) : undefined;
    return {
      name: 'parity',
      label: 'Predicted against reference energy',
      short: 'the parity plot',
      prepare: () =>
        parity({
          predicted,
          reference,
          ...(spread ? { sigma: spread } : {}),
          rows,
          rowsName: rows ? 'test atoms' : 'atoms with a reference energy',
          trainingRows: rowsOfIds(registry, select.ids),
          referenceSource: source ?? 'reference',
          ...(bulkEnergy === undefined ? {} : { bulkEnergy }),
          structureType: types,
          ids,
        }),
    };
  }, [registry, model, select, source, predicted, sigma, reference, types, ids, bulkEnergy]);
}

export type ErrorView = 'errors' | 'variance';

/** Errors against the number of training atoms or, before there are energies, the variance that is left. */
export function useErrorPlot(view: ErrorView): PlotState {
  const model = useStore((store) => store.stages.model.summary);
  const select = useStore((store) => store.stages.select.summary);
  const atoms = useStore((store) => store.stages.snapshot.summary?.count);
  const given = useStore((store) => store.parameters.given?.length ?? 0);
  return useMemo((): PlotState => {
    if (view === 'variance') {
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
    if (!model || !select) return UNFITTED;
    const { curves, evaluatedOn, evaluated, notes } = model;
    if (curves.length === 0) {
      return { missing: notes[0] ?? 'There is nothing to compare the predictions with', stage: 'select' };
    }
    return {
      name: 'errors',
      label: 'RMSE and largest error against the number of training atoms',
      prepare: () =>
        atOnce((colours) =>
          errorCurves({
            curves,
            features: select.features,
            evaluatedOn: `${evaluatedOn} (${count(evaluated)})`,
            colours,
          }),
        ),
    };
  }, [view, model, select, atoms, given]);
}

export function useHistogramPlot(logCounts: boolean): PlotState {
  const registry = useColumns();
  const energy = array<Float32Array>(registry, 'model.energy');
  const structureType = array<Uint8Array>(registry, 'structure.type');
  return useMemo((): PlotState => {
    if (!energy || !structureType) return UNFITTED;
    return {
      name: 'histogram',
      label: 'Distribution of the predicted energies, by structure type',
      short: 'the histogram',
      prepare: () => energyHistogram({ energy, structureType, logCounts }),
    };
  }, [energy, structureType, logCounts]);
}

const UNFITTED: PlotState = { missing: 'Select atoms, take energies and fit the model first', stage: 'model' };

/** Standard deviation of a new observation of these rows, eV; NaN for all others. */
function observationSpread(rows: Uint32Array, sigma: Float32Array, noise: number): Float32Array {
  const spread = new Float32Array(sigma.length).fill(Number.NaN);
  for (const row of rows) spread[row] = Math.hypot(noise, sigma[row]!);
  return spread;
}
