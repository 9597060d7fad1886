import { useId } from 'react';
import type { ProfileChoice } from '#state/slices/profile.ts';
import { STRUCTURE_TYPE } from '../centre/quantities.ts';
import { quantityOptions } from '../centre/quantityOptions.ts';
import { useQuantityNamed } from '../centre/useLegend.ts';
import inputs from '../controls/fields.module.css';
import { Select } from '../controls/Select.tsx';
import panel from './PlotsPanel.module.css';
import styles from './ProfilePane.module.css';

const AGAINST: readonly { value: ProfileChoice['against']; label: string }[] = [
  { value: 'x', label: 'along x' },
  { value: 'y', label: 'along y' },
  { value: 'z', label: 'along z' },
  { value: 'direction', label: 'along a direction' },
  { value: 'boundary', label: 'from the boundary' },
];
const WIDTHS = [0.25, 0.5, 1, 2, 5, 10, 20];

interface ProfileFieldsProps {
  readonly choice: ProfileChoice;
  /** Whether the direction cannot be read. */
  readonly refused?: boolean;
  readonly onChange: (change: Partial<ProfileChoice>) => void;
}

/** What a profile is of, along what, and how fine. */
export function ProfileFields({ choice, refused = false, onChange }: ProfileFieldsProps) {
  const { quantity, quantities } = useQuantityNamed(choice.quantity);
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
          onChange={(id) => onChange({ quantity: id })}
        />
        <Select
          aria-label="Distance of the profile"
          value={choice.against}
          options={AGAINST}
          onChange={(against) => onChange({ against: against as ProfileChoice['against'] })}
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
            aria-invalid={refused}
            onChange={({ target }) => onChange({ direction: target.value })}
          />
        )}
      </div>
      <div className={`${panel.options} ${styles.options}`}>
        <span>Bins of</span>
        <Select
          aria-label="Width of the bins"
          value={String(choice.binWidth)}
          options={widths(choice.binWidth).map((width) => ({ value: String(width), label: `${width} Å` }))}
          onChange={(width) => onChange({ binWidth: Number(width) })}
        />
        <span className={panel.spacer} />
        <label className={panel.option}>
          <input
            type="checkbox"
            checked={choice.withRange}
            onChange={({ target }) => onChange({ withRange: target.checked })}
          />
          Least and largest
        </label>
      </div>
    </>
  );
}

/** A width from a link may be any. */
function widths(chosen: number): readonly number[] {
  return WIDTHS.includes(chosen) ? WIDTHS : [...WIDTHS, chosen].sort((a, b) => a - b);
}
