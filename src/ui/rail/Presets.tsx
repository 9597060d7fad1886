import { PARAMETERS } from '#pipeline/parameters.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import styles from './Step.module.css';

const PRESETS = [
  {
    label: `Usual σ ${PARAMETERS.sigma.default} Å`,
    sigma: PARAMETERS.sigma.default,
    why: 'What the community uses',
  },
  {
    label: 'Paper-like σ 0.55 Å',
    sigma: 0.55,
    why: 'Comes closest to the variances of the paper: 68 %, 24 %, 39 components',
  },
];

/** Widths of the Gaussian worth a click: the paper leaves it open. */
export function Presets() {
  const sigma = useStore((store) => store.parameters.sigma);
  return (
    <fieldset className={styles.presets} aria-label="Presets">
      {PRESETS.map((preset) => (
        <Button
          key={preset.label}
          title={preset.why}
          aria-pressed={sigma === preset.sigma}
          onClick={() => useStore.getState().setParameter('sigma', preset.sigma)}
        >
          {preset.label}
        </Button>
      ))}
    </fieldset>
  );
}
