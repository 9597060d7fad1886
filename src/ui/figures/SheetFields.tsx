import { SHEET_LIMITS, type SheetSize } from '#figures/recipe.ts';
import { NumberField } from '../controls/NumberField.tsx';
import styles from './FigureDialog.module.css';

const FIELDS = [
  ['widthMm', 'Width', 'mm'],
  ['heightMm', 'Height', 'mm'],
  ['fontPt', 'Font', 'pt'],
  ['dpi', 'Resolution', 'dpi'],
] as const;

/** How large a figure is, and what it is written in. */
export function SheetFields({ sheet, onChange }: { readonly sheet: SheetSize; onChange(sheet: SheetSize): void }) {
  return (
    <div className={styles.sheet}>
      {FIELDS.map(([key, label, unit]) => (
        <NumberField
          key={key}
          label={label}
          unit={unit}
          value={sheet[key]}
          found=""
          refuse={(value) => {
            const [least, most] = SHEET_LIMITS[key];
            return value >= least && value <= most ? null : `From ${least} to ${most} ${unit}.`;
          }}
          onChange={(value) => value !== null && onChange({ ...sheet, [key]: value })}
        />
      ))}
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={sheet.transparent}
          onChange={({ target }) => onChange({ ...sheet, transparent: target.checked })}
        />
        No paper behind it
      </label>
    </div>
  );
}
