import { useId } from 'react';
import type { ProfileChoice } from '#state/slices/profile.ts';
import { useStore } from '#state/store.ts';
import { STRUCTURE_TYPE } from '../centre/quantities.ts';
import { quantityOptions } from '../centre/quantityOptions.ts';
import { useQuantityNamed } from '../centre/useLegend.ts';
import { Button } from '../controls/Button.tsx';
import inputs from '../controls/fields.module.css';
import { Select } from '../controls/Select.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import panel from './PlotsPanel.module.css';
import { PlotView } from './PlotView.tsx';
import styles from './ProfilePane.module.css';
import { type ProfileState, useProfile } from './useProfile.ts';

const AGAINST: readonly { value: ProfileChoice['against']; label: string }[] = [
  { value: 'x', label: 'along x' },
  { value: 'y', label: 'along y' },
  { value: 'z', label: 'along z' },
  { value: 'direction', label: 'along a direction' },
  { value: 'boundary', label: 'from the boundary' },
];
const WIDTHS = [0.25, 0.5, 1, 2, 5, 10, 20];

/** A quantity against the way through the model or away from its boundaries. */
export function ProfilePane() {
  const state = useProfile();
  const choice = useStore((store) => store.profile);
  const { quantity, quantities } = useQuantityNamed(choice.quantity);
  const { setProfile } = useStore.getState();
  const options = quantities.map((entry) =>
    entry.id === STRUCTURE_TYPE.id ? { ...entry, label: 'Non-BCC share' } : entry,
  );
  const direction = useId();
  return (
    <>
      <div className={`${panel.options} ${styles.options}`}>
        <Select
          aria-label="Quantity of the profile"
          className={styles.quantity ?? ''}
          value={quantity.id}
          options={quantityOptions(options)}
          onChange={(id) => setProfile({ quantity: id })}
        />
        <Select
          aria-label="Distance of the profile"
          value={choice.against}
          options={AGAINST}
          onChange={(against) => setProfile({ against: against as ProfileChoice['against'] })}
        />
        {choice.against === 'direction' && (
          <input
            id={direction}
            aria-label="Direction, components along x, y and z"
            className={`${inputs.input} ${styles.direction}`}
            type="text"
            autoComplete="off"
            spellCheck={false}
            value={choice.direction}
            aria-invalid={state.kind === 'refused'}
            onChange={({ target }) => setProfile({ direction: target.value })}
          />
        )}
      </div>
      <div className={`${panel.options} ${styles.options}`}>
        <span>Bins of</span>
        <Select
          aria-label="Width of the bins"
          value={String(choice.binWidth)}
          options={widths(choice.binWidth).map((width) => ({ value: String(width), label: `${width} Å` }))}
          onChange={(width) => setProfile({ binWidth: Number(width) })}
        />
        <span className={panel.spacer} />
        <label className={panel.option}>
          <input
            type="checkbox"
            checked={choice.withRange}
            onChange={({ target }) => setProfile({ withRange: target.checked })}
          />
          Least and largest
        </label>
      </div>
      <Body state={state} />
    </>
  );
}

/** A width from a link may be any. */
function widths(chosen: number): readonly number[] {
  return WIDTHS.includes(chosen) ? WIDTHS : [...WIDTHS, chosen].sort((a, b) => a - b);
}

function Body({ state }: { readonly state: ProfileState }) {
  switch (state.kind) {
    case 'plot':
      return <PlotView state={state.plot} />;
    case 'unmeasured':
      return <Unmeasured />;
    case 'counting':
      return <p className={panel.missing}>Counting atoms…</p>;
    case 'refused':
      return (
        <p role="alert" className={panel.missing}>
          {state.why}
        </p>
      );
  }
}

function Unmeasured() {
  const workbench = useWorkbench();
  const ready = useStore((store) => store.stages.snapshot.fingerprint !== undefined && store.job === null);
  return (
    <div className={panel.missing}>
      <p>
        <strong>Not computed yet.</strong>
        <br />
        Measure how far every atom lies from the nearest one that is not BCC.
      </p>
      <Button disabled={!ready} onClick={() => void workbench.measureBoundary()}>
        Measure
      </Button>
    </div>
  );
}
