import { type MouseEvent, useId, useState } from 'react';
import { BCC, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { makeCell } from '#data/cell.ts';
import { modeOfKeys, selectAround, selectInRange, selectWhere } from '#state/actions/selecting.ts';
import { partsOf } from '#state/columnValues.ts';
import type { SelectMode } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { quantitiesOf, STRUCTURE_TYPE } from '../../centre/quantities.ts';
import { Button } from '../../controls/Button.tsx';
import inputs from '../../controls/fields.module.css';
import { Select } from '../../controls/Select.tsx';
import { useHandles } from '../../hooks/useHandles.ts';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { RangeForm } from './RangeForm.tsx';
import { rangeWords } from './rangeText.ts';
import styles from './Sets.module.css';

const MODES: readonly { readonly value: SelectMode; readonly label: string }[] = [
  { value: 'replace', label: 'New selection' },
  { value: 'add', label: 'Add to it' },
  { value: 'subtract', label: 'Take away from it' },
  { value: 'intersect', label: 'Keep what is in both' },
];
const NEW_RANGE = { column: 'structure.coordination', from: null, to: null };
/** Of a sphere, Å: the cutoff of the descriptor. */
const USUAL_RADIUS = '4';
const LARGEST_RADIUS = 1000;

/** Ways to select atoms that are not drawn with the hand. */
export function SelectBy() {
  const workbench = useWorkbench();
  const handles = useHandles();
  const [mode, setMode] = useState<SelectMode>('replace');
  const columns = useStore((store) => store.columns);
  const types = useStore((store) => store.stages.structure.summary?.counts);
  const sliced = useStore((store) => store.slice.on);
  const [type, setType] = useState(String(BCC));
  const quantities = quantitiesOf(columns).filter(({ id }) => id !== STRUCTURE_TYPE.id && columns[partsOf(id).name]);

  /** Keys that are held outweigh the mode of the list. */
  const modeOf = (keys: { readonly shiftKey: boolean; readonly altKey: boolean }) =>
    keys.shiftKey || keys.altKey ? modeOfKeys(keys) : mode;
  const where = (belongs: ((row: number) => boolean) | null | undefined, event: MouseEvent, origin: string) => {
    if (belongs) void selectWhere(workbench, belongs, modeOf(event), origin);
  };
  const byCode = (name: string, code: number): ((row: number) => boolean) | null => {
    const array = workbench.columns.find(name)?.array;
    return array ? (row) => array[row] === code : null;
  };
  const network = async (event: MouseEvent) => {
    const how = modeOf(event);
    if (!(await workbench.findNetwork())) return;
    void selectWhere(workbench, byCode('structure.network', 1)!, how, 'boundary network');
  };

  return (
    <details className={styles.more}>
      <summary>Select by …</summary>
      <div className={styles.form}>
        <Select
          aria-label="How it meets the selection"
          className={styles.column ?? ''}
          value={mode}
          options={MODES}
          onChange={(value) => setMode(value as SelectMode)}
        />
        <Button
          className={styles.small ?? ''}
          onClick={(event) => where(handles.atoms?.visible(), event, 'what is shown')}
        >
          Shown
        </Button>
        <Button
          className={styles.small ?? ''}
          disabled={!sliced}
          title={sliced ? 'All atoms between the planes' : 'No slice is shown (S)'}
          onClick={(event) => where(handles.atoms?.inSlice(), event, 'slice')}
        >
          Slice
        </Button>
        <Button
          className={styles.small ?? ''}
          disabled={!types}
          title="Atoms that are not BCC, and their neighbours"
          onClick={network}
        >
          Network
        </Button>
      </div>
      <fieldset aria-label="By structure type" className={styles.form}>
        <Select
          aria-label="Structure type"
          className={styles.column ?? ''}
          value={type}
          options={STRUCTURE_TYPES.map(({ code, label, name }) => ({
            value: String(code),
            label: `${label}, ${name}`,
          }))}
          onChange={setType}
        />
        <Button
          className={styles.small ?? ''}
          disabled={!types}
          onClick={(event) =>
            where(byCode('structure.type', Number(type)), event, STRUCTURE_TYPES[Number(type)]?.label ?? type)
          }
        >
          Select type
        </Button>
      </fieldset>
      <Sphere modeOf={modeOf} />
      <RangeForm
        label="By value"
        quantities={quantities}
        value={NEW_RANGE}
        verb="Select range"
        onApply={({ column, from, to }, keys) => {
          const { label, unit } = quantities.find(({ id }) => id === column)!;
          const limits = [from ?? -Infinity, to ?? Infinity] as const;
          void selectInRange(workbench, column, limits, modeOf(keys), rangeWords(label, unit, from, to));
        }}
      />
    </details>
  );
}

/** The atoms around the one that was clicked. */
function Sphere({ modeOf }: { readonly modeOf: (keys: { shiftKey: boolean; altKey: boolean }) => SelectMode }) {
  const workbench = useWorkbench();
  const row = useStore((store) => store.pickedRow);
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  const [text, setText] = useState(USUAL_RADIUS);
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const id = row === null ? null : workbench.columns.find('atoms.id')?.array[row];

  const select = (keys: { shiftKey: boolean; altKey: boolean }) => {
    const radius = Number(text);
    const fits = text.trim() !== '' && radius > 0 && radius <= LARGEST_RADIUS;
    setProblem(fits ? '' : `A radius lies between 0 and ${LARGEST_RADIUS} Å.`);
    if (!fits || row === null || !snapshot) return;
    const cell = makeCell(snapshot.vectors, snapshot.origin, snapshot.periodic);
    void selectAround(workbench, cell, row, radius, modeOf(keys), `${radius} Å around atom ${id}`);
  };

  return (
    <fieldset aria-label="By distance" className={styles.form}>
      <input
        className={`${inputs.input} ${styles.limit}`}
        aria-label="Radius in Å"
        aria-invalid={problem !== ''}
        aria-describedby={problem ? problemId : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => event.key === 'Enter' && select(event)}
      />
      <span className={styles.unit}>Å around {id === null ? 'the clicked atom' : `atom ${id}`}</span>
      <Button
        className={styles.small ?? ''}
        disabled={row === null}
        title={row === null ? 'Click an atom first' : 'The atom, and all within the radius'}
        onClick={select}
      >
        Select sphere
      </Button>
      {problem && (
        <p id={problemId} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
