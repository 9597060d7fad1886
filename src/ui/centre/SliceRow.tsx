import { makeCell } from '#data/cell.ts';
import { useStore } from '#state/store.ts';
import { Select } from '../controls/Select.tsx';
import { decimal } from '../words/numbers.ts';
import panel from './AtomsPanel.module.css';
import styles from './SliceRow.module.css';
import { cellAlong } from './shown.ts';

const AXES = ['x', 'y', 'z'] as const;
const THICKNESSES = [3, 5, 10, 20, 50, 100].map((value) => ({ value: String(value), label: `${value} Å thick` }));
/** Of the slider, Å: finer than the distance of two atomic planes. */
const STEP = 0.5;

/** Cuts a slice out of the model: whether, across which axis, where, and how thick. */
export function SliceRow() {
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  const { on, axis, position, thickness } = useStore((store) => store.slice);
  const { setSlice } = useStore.getState();
  if (!snapshot) return <div className={styles.row} />;

  const [a = true, b = true, c = true] = snapshot.periodic;
  const { middle, half } = cellAlong(makeCell(snapshot.vectors, snapshot.origin, [a, b, c]), axis);
  const where = `${axis} = ${decimal(middle + position, 1)} Å`;
  return (
    <div className={styles.row}>
      <label className={panel.check} title="Show the atoms between two planes only (S)">
        <input type="checkbox" checked={on} onChange={({ target }) => setSlice({ on: target.checked })} />
        <span>Slice</span>
      </label>
      <fieldset className={styles.controls} disabled={!on}>
        <legend className={styles.hidden}>Slice</legend>
        <span className={styles.axes} role="radiogroup" aria-label="Across">
          {AXES.map((name) => (
            <label key={name} title={`Cut across ${name}`}>
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
        <input
          className={styles.slider}
          type="range"
          aria-label="Position of the slice"
          aria-valuetext={where}
          min={-half}
          max={half}
          step={STEP}
          value={position}
          onChange={({ target }) => setSlice({ position: target.valueAsNumber })}
        />
        <output className={styles.where}>{where}</output>
        <Select
          aria-label="Thickness of the slice"
          className={styles.thickness ?? ''}
          value={String(thickness)}
          options={THICKNESSES}
          onChange={(value) => setSlice({ thickness: Number(value) })}
        />
      </fieldset>
    </div>
  );
}
