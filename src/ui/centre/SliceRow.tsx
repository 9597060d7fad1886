import { cellSpan } from '#data/cell.ts';
import type { Slice } from '#state/slices/clips.ts';
import { useStore } from '#state/store.ts';
import { type Option, Select } from '../controls/Select.tsx';
import panel from './AtomsPanel.module.css';
import { ClipMenu } from './ClipMenu.tsx';
import { normalOf } from './cuts.ts';
import { MillerField } from './MillerField.tsx';
import styles from './SliceRow.module.css';
import { endOf, SLICE_STEP } from './slabDrag.ts';
import { sliceWhere, thicknessWords } from './sliceWords.ts';
import { useFrame } from './useScene.ts';

const AXES: readonly { readonly axis: Slice['axis']; readonly title: string }[] = [
  { axis: 'x', title: 'Cut across x' },
  { axis: 'y', title: 'Cut across y' },
  { axis: 'z', title: 'Cut across z' },
  { axis: 'hkl', title: 'Cut along planes (hkl) of the simulation cell' },
];
const BEYOND = '';
/** Å. */
const THICKNESSES = [2, 3, 5, 10, 20, 50, 100];

/** Cuts a slice out of the model: whether, across which planes, where, and how thick. */
export function SliceRow() {
  const frame = useFrame();
  const slice = useStore((store) => store.slice);
  const { setSlice } = useStore.getState();
  if (!frame) return <div className={styles.row} />;

  const { on, axis, hkl, position, thickness } = slice;
  const { middle, half } = cellSpan(frame.cell, normalOf(slice, frame.cell));
  const end = endOf(half);
  const where = sliceWhere(slice, middle);
  return (
    <div className={styles.row}>
      <label className={panel.check} title="Show the atoms between two planes only (S; [ and ] move them)">
        <input type="checkbox" checked={on} onChange={({ target }) => setSlice({ on: target.checked })} />
        <span>Slice</span>
      </label>
      <fieldset className={styles.controls} disabled={!on}>
        <legend className={styles.hidden}>Slice</legend>
        <span className={styles.axes} role="radiogroup" aria-label="Across">
          {AXES.map(({ axis: name, title }) => (
            <label key={name} title={title}>
              <input
                type="radio"
                name="slice-axis"
                checked={axis === name}
                onChange={() => setSlice({ axis: name, position: 0 })}
              />
              <span>{name}</span>
            </label>
          ))}
        </span>
        {axis === 'hkl' && (
          <MillerField label="h k l of the slice" value={hkl} onChange={(to) => setSlice({ hkl: to, position: 0 })} />
        )}
        <input
          className={styles.slider}
          type="range"
          aria-label="Position of the slice"
          aria-valuetext={where}
          min={-end}
          max={end}
          step={SLICE_STEP}
          value={position}
          onChange={({ target }) => setSlice({ position: target.valueAsNumber })}
        />
        {axis !== 'hkl' && <output className={styles.where}>{where}</output>}
        <Select
          aria-label="Thickness of the slice"
          className={styles.thickness ?? ''}
          value={thickness === null ? BEYOND : String(thickness)}
          options={thicknessOptions(thickness)}
          onChange={(value) => setSlice({ thickness: value === BEYOND ? null : Number(value) })}
        />
      </fieldset>
      <ClipMenu />
    </div>
  );
}

/** The round ones, and the one that is set where a hand or a link set another. */
function thicknessOptions(thickness: number | null): Option[] {
  const values = thickness === null ? THICKNESSES : [...new Set([...THICKNESSES, thickness])].sort((a, b) => a - b);
  return [
    ...values.map((value) => ({ value: String(value), label: thicknessWords(value) })),
    { value: BEYOND, label: 'All beyond' },
  ];
}
