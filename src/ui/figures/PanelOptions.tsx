import { useId } from 'react';
import type { AtomsPanel, Panel, PlotPanel } from '#figures/recipe.ts';
import { FIRST_PROFILE } from '#state/slices/profile.ts';
import { useStore } from '#state/store.ts';
import { quantityOptions } from '../centre/quantityOptions.ts';
import { useQuantityNamed } from '../centre/useLegend.ts';
import { Button } from '../controls/Button.tsx';
import { Select } from '../controls/Select.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { ProfileFields } from '../right/ProfileFields.tsx';
import { seenNow } from './bringRecipe.ts';
import styles from './PanelList.module.css';
import { strategyLabel } from './panelPlots.ts';

interface OptionsProps<P extends Panel> {
  readonly panel: P;
  /** "Panel b", before the name of each field. */
  readonly name: string;
  readonly onChange: (panel: Panel) => void;
}

/** What can be chosen of a panel, besides its kind. */
export function PanelOptions({ panel, ...rest }: OptionsProps<Panel>) {
  switch (panel.kind) {
    case 'atoms':
      return <AtomsOptions panel={panel} {...rest} />;
    case 'pca':
      return (
        <>
          <ComponentOptions panel={panel} {...rest} />
          <StrategyOptions panel={panel} none="No atoms marked" {...rest} />
        </>
      );
    case 'parity':
      return <StrategyOptions panel={panel} {...rest} />;
    case 'histogram':
      return (
        <label className={styles.switch}>
          <input
            type="checkbox"
            aria-label={`${rest.name}: logarithmic counts`}
            checked={panel.logCounts ?? false}
            onChange={({ target }) => rest.onChange({ ...panel, logCounts: target.checked })}
          />
          Logarithmic counts
        </label>
      );
    case 'profile': {
      const profile = panel.profile ?? FIRST_PROFILE;
      return (
        <ProfileFields
          choice={profile}
          onChange={(change) => rest.onChange({ ...panel, profile: { ...profile, ...change } })}
        />
      );
    }
    default:
      return null;
  }
}

const ALONG: readonly { value: AtomsPanel['along']; label: string }[] = [
  { value: 'iso', label: 'Seen from a corner' },
  { value: 'x', label: 'Seen along x' },
  { value: 'y', label: 'Seen along y' },
  { value: 'z', label: 'Seen along z' },
];

function AtomsOptions({ panel, name, onChange }: OptionsProps<AtomsPanel>) {
  const handles = useHandles();
  const { quantity, quantities } = useQuantityNamed(panel.view.colourBy ?? 'structure.type');
  const seen = { value: 'seen', label: 'Seen as on the page' };
  return (
    <>
      <Select
        aria-label={`${name}: colour`}
        value={quantity.id}
        options={quantityOptions(quantities)}
        onChange={(colourBy) => onChange({ ...panel, view: { ...panel.view, colourBy } })}
      />
      <div className={styles.pair}>
        <Select
          aria-label={`${name}: seen from`}
          value={panel.camera ? seen.value : panel.along}
          options={panel.camera ? [seen, ...ALONG] : ALONG}
          onChange={(along) => {
            if (along !== seen.value) onChange({ ...panel, camera: null, along: along as AtomsPanel['along'] });
          }}
        />
        <Button
          aria-label={`${name}: take over what the page shows now`}
          title="Take over what the page shows now: camera, cuts, filters, colours"
          onClick={() => onChange(seenNow(panel, useStore.getState(), handles.atoms?.camera() ?? null))}
        >
          As now
        </Button>
      </div>
    </>
  );
}

/** Components that are offered where nothing says how many there are. */
const SOME_COMPONENTS = 10;

function ComponentOptions({ panel, name, onChange }: OptionsProps<PlotPanel>) {
  const count = useStore((store) => store.stages.pool.summary?.components ?? SOME_COMPONENTS);
  const components = panel.components ?? [0, 1];
  const options = Array.from({ length: count }, (_, k) => ({ value: String(k), label: `PC${k + 1}` }));
  const [x, y] = components;
  return (
    <div className={styles.pair}>
      <Select
        aria-label={`${name}: component along x`}
        value={String(x)}
        options={options}
        onChange={(k) => onChange({ ...panel, components: [Number(k), y] })}
      />
      <Select
        aria-label={`${name}: component along y`}
        value={String(y)}
        options={options}
        onChange={(k) => onChange({ ...panel, components: [x, Number(k)] })}
      />
    </div>
  );
}

const SEPARATOR = ' ';

/** One strategy, or two above one another. */
function StrategyOptions({ panel, name, onChange, none }: OptionsProps<PlotPanel> & { readonly none?: string }) {
  const criterion = useStore((store) => store.parameters.criterion);
  const computed = useStore((store) => store.parameters.strategies);
  const id = useId();
  const chosen = panel.strategies ?? [];
  const names = [...new Set([criterion, ...computed, ...chosen])];
  const choices = [
    ...(none === undefined ? [] : [[]]),
    ...names.map((one) => [one]),
    ...names.filter((one) => one !== criterion).map((one) => [one, criterion]),
  ];
  const key = chosen.join(SEPARATOR);
  const listed = choices.some((choice) => choice.join(SEPARATOR) === key) ? choices : [...choices, [...chosen]];
  return (
    <Select
      id={id}
      aria-label={`${name}: selection`}
      value={key}
      options={listed.map((choice) => ({
        value: choice.join(SEPARATOR),
        label: choice.length === 0 ? (none ?? '') : choice.map(strategyLabel).join(' above '),
      }))}
      onChange={(value) => onChange({ ...panel, strategies: value === '' ? [] : value.split(SEPARATOR) })}
    />
  );
}
