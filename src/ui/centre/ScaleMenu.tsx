import { SlidersHorizontal } from 'lucide-react';
import { COLOUR_MAPS, type ColourMapId } from '#colours/maps.ts';
import type { Colouring } from '#state/slices/colouring.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Popover } from '../controls/Popover.tsx';
import { Select } from '../controls/Select.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { significant } from '../words/numbers.ts';
import { type Legend, scaleChoice } from './legend.ts';
import { columnOf, type Quantity } from './quantities.ts';
import styles from './ScaleMenu.module.css';

const STEPS = [null, 3, 5, 7, 9, 12].map((steps) => ({
  value: String(steps ?? ''),
  label: steps === null ? 'Continuous' : `${steps} colours`,
}));
const TRIMS = [
  { value: '0', label: 'All values' },
  { value: '0.001', label: '0.1 to 99.9 %' },
  { value: '0.01', label: '1 to 99 %' },
  { value: '0.05', label: '5 to 95 %' },
];

interface ScaleMenuProps {
  readonly quantity: Quantity;
  /** As it is drawn now. */
  readonly legend: Legend;
}

/** How the numbers of a quantity become colours. */
export function ScaleMenu(props: ScaleMenuProps) {
  return (
    <Popover label="Colour scale" icon={<SlidersHorizontal aria-hidden />}>
      <ScaleFields {...props} />
    </Popover>
  );
}

function ScaleFields({ quantity, legend }: ScaleMenuProps) {
  const { columns } = useWorkbench();
  const chosen = useStore((store) => store.colourings[quantity.id]);
  const map = COLOUR_MAPS[useStore((store) => store.colourMap) as ColourMapId];
  const column = columnOf(quantity.id, columns);
  if (!column) return <p>Not computed yet.</p>;
  const choice = scaleChoice(quantity, chosen, map, column);
  const set = (change: Colouring) => useStore.getState().setColouring(quantity.id, change);
  const [low, high] = legend.kind === 'range' ? legend.scale.range : [];
  const typed = choice.low !== null || choice.high !== null;
  return (
    <>
      <div className={styles.row}>
        <span aria-hidden>Range</span>
        <Select
          aria-label="Range"
          value={typed ? 'typed' : String(choice.trim)}
          options={typed ? [{ value: 'typed', label: 'As typed' }, ...TRIMS] : TRIMS}
          onChange={(trim) => set({ trim: Number(trim), low: null, high: null })}
        />
      </div>
      <div className={styles.ends}>
        <NumberField
          label="From"
          unit={quantity.unit}
          value={choice.low}
          found={low === undefined ? '' : significant(low, 4)}
          onChange={(value) => set({ low: value })}
          refuse={(value) => (choice.logarithmic && value <= 0 ? 'A logarithmic scale begins above zero.' : null)}
        />
        <NumberField
          label="To"
          unit={quantity.unit}
          value={choice.high}
          found={high === undefined ? '' : significant(high, 4)}
          onChange={(value) => set({ high: value })}
          refuse={(value) => (choice.logarithmic && value <= 0 ? 'A logarithmic scale ends above zero.' : null)}
        />
      </div>
      <div className={styles.row}>
        <span aria-hidden>Steps</span>
        <Select
          aria-label="Steps"
          value={String(choice.steps ?? '')}
          options={STEPS}
          onChange={(steps) => set({ steps: steps === '' ? null : Number(steps) })}
        />
      </div>
      <Check label="Reversed" on={choice.reversed} set={(reversed) => set({ reversed })} />
      <Check label="Logarithmic" on={choice.logarithmic} set={(logarithmic) => set({ logarithmic })} />
      <Check
        label="Zero in the middle"
        on={choice.symmetric && !choice.logarithmic}
        disabled={choice.logarithmic}
        set={(symmetric) => set({ symmetric })}
      />
      <Check label="Own colours beyond the range" on={choice.markBeyond} set={(markBeyond) => set({ markBeyond })} />
      <Button disabled={!chosen} onClick={() => useStore.getState().setColouring(quantity.id, null)}>
        As at first
      </Button>
    </>
  );
}

interface CheckProps {
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly set: (on: boolean) => void;
}

function Check({ label, on, disabled = false, set }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={on} disabled={disabled} onChange={({ target }) => set(target.checked)} />
      <span>{label}</span>
    </label>
  );
}
