import { useMemo } from 'react';
import { parity } from '#plots/parity.ts';
import type { PointColouring } from '#plots/pcaScatter.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { useStore } from '#state/store.ts';
import { fittingMap } from '../centre/colourBy.ts';
import { columnOf } from '../centre/quantities.ts';
import { useLegendOf, useQuantityNamed } from '../centre/useLegend.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import type { PlotState } from './plotState.ts';
import {
  arrayOf as array,
  errorPlot,
  histogramPlot,
  pcaPlot,
  referenceOf,
  UNFITTED,
  UNNAMED,
  variancePlot,
} from './plots.ts';

/** The registry, looked at anew whenever something was published. */
function useColumns(): ColumnRegistry {
  useStore((store) => store.columns);
  return useWorkbench().columns;
}

export function usePcaPlot(): PlotState {
  const { columns: registry } = useWorkbench();
  const columns = useStore((store) => store.columns);
  const pool = useStore((store) => store.stages.pool.summary);
  const select = useStore((store) => store.stages.select.summary);
  const components = useStore((store) => store.plotComponents);
  const colouring = usePointColouring();
  const sources = ['pool.scores', 'structure.type', 'atoms.id'].map((name) => columns[name]?.version);
  const editions = sources.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `editions` says when the registry holds something new.
  return useMemo((): PlotState => {
    const { ids, testIds } = select ?? {};
    const rows = { trainingRows: rowsOfIds(registry, ids), testRows: rowsOfIds(registry, testIds) };
    const panels = select ? [{ title: '', ...rows }] : [];
    return pcaPlot(registry, { pool }, { components, panels, colouring });
  }, [registry, editions, pool, select, components, colouring]);
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

export type ErrorView = 'errors' | 'variance';

export function useParityPlot(): PlotState {
  const registry = useColumns();
  const model = useStore((store) => store.stages.model.summary);
  const select = useStore((store) => store.stages.select.summary);
  const energies = useStore((store) => store.stages.energies.summary);
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
          panels: [
            {
              title: '',
              predicted,
              trainingRows: rowsOfIds(registry, model.training.ids),
              ...(spread ? { sigma: spread } : {}),
            },
          ],
          reference,
          rows,
          rowsName: rows ? 'test atoms' : 'atoms with a reference energy',
          source: referenceOf(energies) ?? UNNAMED,
          structureType: types,
          ids,
        }),
    };
  }, [registry, model, select, energies, predicted, sigma, reference, types, ids]);
}

/** Errors against the number of training atoms or, before there are energies, the variance that is left. */
export function useErrorPlot(view: ErrorView): PlotState {
  const model = useStore((store) => store.stages.model.summary);
  const select = useStore((store) => store.stages.select.summary);
  const energies = useStore((store) => store.stages.energies.summary);
  const atoms = useStore((store) => store.stages.snapshot.summary?.count);
  const given = useStore((store) => store.parameters.given?.length ?? 0);
  return useMemo(
    () => (view === 'variance' ? variancePlot({ select }, atoms, given) : errorPlot({ model, select, energies })),
    [view, model, select, energies, atoms, given],
  );
}

export function useHistogramPlot(logCounts: boolean): PlotState {
  const { columns: registry } = useWorkbench();
  const columns = useStore((store) => store.columns);
  const energies = useStore((store) => store.stages.energies.summary);
  const editions = ['model.energy', 'structure.type'].map((name) => columns[name]?.version).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `editions` says when the registry holds something new.
  return useMemo(() => histogramPlot(registry, { energies }, logCounts), [registry, editions, energies, logCounts]);
}

/** Standard deviation of a new observation of these rows, eV; NaN for all others. */
function observationSpread(rows: Uint32Array, sigma: Float32Array, noise: number): Float32Array {
  const spread = new Float32Array(sigma.length).fill(Number.NaN);
  for (const row of rows) spread[row] = Math.hypot(noise, sigma[row]!);
  return spread;
}
