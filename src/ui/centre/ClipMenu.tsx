import { Scissors } from 'lucide-react';
import { Fragment } from 'react';
import { type Cuts, WHOLE_BOX, WHOLE_MODEL } from '#state/slices/clips.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Popover } from '../controls/Popover.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count } from '../words/numbers.ts';
import styles from './ClipMenu.module.css';

const EDGES = ['a', 'b', 'c'] as const;
/** Å: the first shells about an atom. */
const FIRST_RADIUS = 10;

/** Other ways to cut the model: a box within the cell, a sphere about an atom, and a slice as in the paper. */
export function ClipMenu() {
  const on = useStore(({ clipBox, crop }) => clipBox !== null || crop !== null);
  return (
    <Popover
      label={on ? 'Clip: on' : 'Clip'}
      icon={<Scissors aria-hidden data-on={on} className={styles.icon} />}
      above
    >
      <BoxFields />
      <CropFields />
      <span className={styles.pair}>
        <Button onClick={showFigure2} title="Thin slice through the middle, coloured by structure type">
          As in Fig. 2
        </Button>
        <Button onClick={() => useStore.getState().setCuts(WHOLE_MODEL)}>Whole model</Button>
      </span>
    </Popover>
  );
}

function BoxFields() {
  const box = useStore((store) => store.clipBox) ?? WHOLE_BOX;
  const set = (side: 'from' | 'to', k: number, part: number) => {
    const changed = { ...box, [side]: box[side].map((value, at) => (at === k ? part : value)) };
    const whole = EDGES.every((_, at) => changed.from[at]! <= 0 && changed.to[at]! >= 1);
    useStore.getState().setCuts({ clipBox: whole ? null : changed });
  };
  return (
    <fieldset className={styles.box}>
      <legend>Box, % of the cell</legend>
      <span aria-hidden />
      <small aria-hidden>from</small>
      <small aria-hidden>to</small>
      {EDGES.map((edge, k) => (
        <Fragment key={edge}>
          <span aria-hidden>{edge}</span>
          {(['from', 'to'] as const).map((side) => (
            <input
              key={side}
              type="range"
              aria-label={`Box ${side} along ${edge}`}
              aria-valuetext={`${edge} ${side} ${Math.round(100 * box[side][k]!)} %`}
              title={`${side} ${Math.round(100 * box[side][k]!)} % of ${edge}`}
              min={0}
              max={100}
              value={100 * box[side][k]!}
              onChange={({ target }) => {
                const part = target.valueAsNumber / 100;
                set(side, k, side === 'from' ? Math.min(part, box.to[k]!) : Math.max(part, box.from[k]!));
              }}
            />
          ))}
        </Fragment>
      ))}
    </fieldset>
  );
}

function CropFields() {
  const { columns } = useWorkbench();
  const crop = useStore((store) => store.crop);
  const row = useStore((store) => store.pickedRow);
  const { setCuts } = useStore.getState();
  const about = row === null ? undefined : columns.find('atoms.id')?.array[row];
  const cropAbout = () => {
    const positions = columns.find('atoms.position')!.array;
    const centre: NonNullable<Cuts['crop']>['centre'] = [
      positions[3 * row!]!,
      positions[3 * row! + 1]!,
      positions[3 * row! + 2]!,
    ];
    setCuts({ crop: { id: about!, centre, radius: crop?.radius ?? FIRST_RADIUS } });
  };
  return (
    <>
      <Button disabled={about === undefined} onClick={cropAbout}>
        {about === undefined ? 'Sphere: click an atom first' : `Sphere about atom ${about}`}
      </Button>
      {crop && (
        <NumberField
          label={`Radius about atom ${count(crop.id).replaceAll(',', '')}`}
          unit="Å"
          value={crop.radius}
          found=""
          onChange={(radius) => radius !== null && setCuts({ crop: { ...crop, radius } })}
          refuse={(radius) => (radius > 0 ? null : 'A radius is above zero.')}
        />
      )}
    </>
  );
}

/** Fig. 2 of the paper: the atoms of a plane, coloured by structure type. */
function showFigure2(): void {
  const { setCuts, setView } = useStore.getState();
  setCuts({ ...WHOLE_MODEL, slice: { ...WHOLE_MODEL.slice, on: true, axis: 'z', position: 0, thickness: 3 } });
  setView({ colourBy: 'structure.type', hiddenTypes: [] });
}
