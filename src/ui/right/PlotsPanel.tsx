import { useEffect, useState } from 'react';
import { warmUp } from '#plots/warmUp.ts';
import type { PlotTab } from '#state/slices/view.ts';
import { useStore } from '#state/store.ts';
import { quantityOptions } from '../centre/quantityOptions.ts';
import { useQuantityNamed } from '../centre/useLegend.ts';
import { Select } from '../controls/Select.tsx';
import { Tabs, tabId } from '../controls/Tabs.tsx';
import styles from './PlotsPanel.module.css';
import { PlotView } from './PlotView.tsx';
import { ProfilePane } from './ProfilePane.tsx';
import { ReplicaCheckPane } from './ReplicaCheckPane.tsx';
import { type ErrorView, useErrorPlot, useHistogramPlot, useParityPlot, usePcaPlot } from './usePlots.ts';

const TABS: readonly { readonly tab: PlotTab; readonly label: string; readonly Pane: () => React.JSX.Element }[] = [
  { tab: 'pca', label: 'PCA', Pane: PcaPane },
  { tab: 'parity', label: 'Parity', Pane: ParityPane },
  { tab: 'errors', label: 'Error', Pane: ErrorPane },
  { tab: 'histogram', label: 'Histogram', Pane: HistogramPane },
  { tab: 'profile', label: 'Profile', Pane: ProfilePane },
  { tab: 'replicaCheck', label: 'Replica check', Pane: ReplicaCheckPane },
];

/** So long after the first picture it is whole and sharp, and looked at. */
const IDLE_AFTER_MS = 2000;

/** The plots that show whether to believe the numbers: one at a time, as high as the window. */
export function PlotsPanel() {
  const current = useStore((store) => store.plotTab);
  const { Pane } = TABS.find(({ tab }) => tab === current)!;
  const classified = useStore((store) => store.stages.structure.fingerprint !== undefined);
  useEffect(() => (classified ? warmUpWhenIdle() : undefined), [classified]);

  return (
    <section className={styles.panel} aria-label="Plots">
      <Tabs
        label="Plots"
        panel="plot"
        tabs={TABS}
        current={current}
        onShow={(plotTab) => useStore.getState().setView({ plotTab })}
        className={styles.tabs}
        tabClassName={styles.tab}
      />
      <div id="plot" role="tabpanel" aria-labelledby={tabId('plot', current)} className={styles.pane}>
        <Pane />
      </div>
    </section>
  );
}

/** Evaluating plotly takes a second or so: better while nobody waits than before the first picture or in a run. */
function warmUpWhenIdle(): () => void {
  const timer = setTimeout(() => void warmUp(), IDLE_AFTER_MS);
  return () => clearTimeout(timer);
}

function PcaPane() {
  const state = usePcaPlot();
  const [x, y] = useStore((store) => store.plotComponents);
  const components = useStore((store) => store.stages.pool.summary?.components ?? 0);
  const { quantity, quantities } = useQuantityNamed(useStore((store) => store.plotColourBy));
  const options = Array.from({ length: components }, (_, k) => ({ value: String(k), label: `PC${k + 1}` }));
  const { setView } = useStore.getState();
  return (
    <>
      <div className={styles.options}>
        {components > 1 && (
          <>
            <Select
              aria-label="Component along x"
              value={String(x)}
              options={options}
              onChange={(value) => setView({ plotComponents: [Number(value), y] })}
            />
            <span>against</span>
            <Select
              aria-label="Component along y"
              value={String(y)}
              options={options}
              onChange={(value) => setView({ plotComponents: [x, Number(value)] })}
            />
            <span className={styles.spacer} />
            <Select
              aria-label="Colour of the points"
              className={styles.colour ?? ''}
              value={quantity.id}
              options={quantityOptions(quantities)}
              onChange={(plotColourBy) => setView({ plotColourBy })}
            />
          </>
        )}
      </div>
      <PlotView state={state} />
    </>
  );
}

function ParityPane() {
  return <PlotView state={useParityPlot()} />;
}

const ERROR_VIEWS: readonly { value: ErrorView; label: string }[] = [
  { value: 'errors', label: 'Errors against training atoms' },
  { value: 'variance', label: 'Expected variance against training atoms' },
];

function ErrorPane() {
  // Before there are energies the variance is what says when to stop.
  const fitted = useStore((store) => store.stages.model.summary !== undefined);
  const selected = useStore((store) => store.stages.select.summary !== undefined);
  const [asked, setAsked] = useState<ErrorView | null>(null);
  const view = asked ?? (selected && !fitted ? 'variance' : 'errors');
  const state = useErrorPlot(view);
  return (
    <>
      <div className={styles.options}>
        {selected && (
          <Select
            aria-label="What is drawn"
            value={view}
            options={ERROR_VIEWS}
            onChange={(value) => setAsked(value as ErrorView)}
          />
        )}
      </div>
      <PlotView state={state} />
    </>
  );
}

function HistogramPane() {
  const [logCounts, setLogCounts] = useState(false);
  const state = useHistogramPlot(logCounts);
  return (
    <>
      <div className={styles.options}>
        {!('missing' in state) && (
          <label className={styles.option}>
            <input type="checkbox" checked={logCounts} onChange={({ target }) => setLogCounts(target.checked)} />
            Counts on a logarithmic scale
          </label>
        )}
      </div>
      <PlotView state={state} />
    </>
  );
}
