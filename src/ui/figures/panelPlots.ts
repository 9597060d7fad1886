import { badParameter } from '#data/errors.ts';
import type { PlotPanel } from '#figures/recipe.ts';
import { findCriterion } from '#kernels/selection/index.ts';
import type { PcaPanel } from '#plots/pcaScatter.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import type { Store } from '#state/store.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import type { PlotState } from '../right/plotState.ts';
import { errorPlot, histogramPlot, localErrorPlot, pcaPlot, strategyParityPlot, variancePlot } from '../right/plots.ts';

/** A panel of a figure as a plot, from what was computed. */
export function plotOfPanel(panel: PlotPanel, { stages, parameters }: Store, registry: ColumnRegistry): PlotState {
  const { snapshot, pool, select, energies, model } = stages;
  switch (panel.kind) {
    case 'pca': {
      const { components = [0, 1], strategies = [] } = panel;
      const panels = strategies.map((name) => panelOf(name, strategies.length > 1, select.summary, registry));
      return pcaPlot(registry, { pool: pool.summary }, { components, panels, colouring: undefined });
    }
    case 'errors':
      return errorPlot({ model: model.summary, select: select.summary, energies: energies.summary });
    case 'variance':
      return variancePlot({ select: select.summary }, snapshot.summary?.count, parameters.given?.length ?? 0);
    case 'histogram':
      return histogramPlot(registry, { energies: energies.summary }, panel.logCounts ?? false);
    case 'localErrors':
      return localErrorPlot(registry, {
        snapshot: snapshot.summary,
        select: select.summary,
        energies: energies.summary,
      });
    case 'parity': {
      const panels = (panel.strategies ?? [select.summary?.criterion ?? '']).map((name, _, { length }) => ({
        title: length > 1 ? strategyLabel(name) : '',
        trainingIds: idsOfStrategy(name, select.summary),
        isSelection: name === select.summary?.criterion,
      }));
      const found = { model: model.summary, select: select.summary, energies: energies.summary };
      return strategyParityPlot(registry, found, parameters, { panels });
    }
  }
}

type Selected = Store['stages']['select']['summary'];

/** Training and test atoms of a strategy. */
function panelOf(name: string, titled: boolean, select: Selected, registry: ColumnRegistry): PcaPanel {
  const trainingRows = rowsOfIds(registry, idsOfStrategy(name, select));
  return { title: titled ? strategyLabel(name) : '', trainingRows, testRows: rowsOfIds(registry, select?.testIds) };
}

/** Ids that a strategy picked: the selection itself, or one that was asked for beside it. */
export function idsOfStrategy(name: string, select: Selected): readonly number[] {
  if (!select) throw badParameter('Nothing is selected yet');
  const picked = name === select.criterion ? select.ids : select.strategies.find((one) => one.name === name)?.ids;
  if (picked) return picked;
  throw badParameter(`${strategyLabel(name)} was not drawn: add ${name} to "Strategies to compute" and select again`);
}

export function strategyLabel(name: string): string {
  return findCriterion(name)?.label ?? name;
}
