import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import inputs from '../controls/fields.module.css';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { plural } from '../words/numbers.ts';
import styles from './MeasureStrip.module.css';
import { atomsWords, measuredTable, measuredWords, readIds } from './measureWords.ts';
import { useMeasured } from './useMeasured.ts';

const HINT = 'Click two atoms for a distance, a third for the angle at the second. Esc clears.';

/** What was measured, newest first, while clicks measure; atoms can be typed as well as clicked. */
export function MeasureStrip() {
  const measuring = useStore((store) => store.measuring);
  return measuring ? <Strip /> : null;
}

function Strip() {
  const measured = useMeasured();
  const { clearMeasured, endMeasurement, setMeasuring } = useStore.getState();
  const whole = measured.filter(({ ids }) => ids.length > 1);
  const current = measured.at(-1);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // The newest stands on top, whatever was scrolled to before.
    if (measured.length > 0) list.current?.scrollTo({ top: 0 });
  }, [measured]);
  return (
    <section className={styles.strip} aria-label="Measurements">
      <div className={styles.head}>
        <TypedAtoms />
        <span className={styles.hint}>
          {current?.ids.length === 1 ? `Atom ${current.ids[0]}: now the next one` : HINT}
        </span>
        <Button look="plain" disabled={(current?.ids.length ?? 0) !== 2} onClick={endMeasurement}>
          New
        </Button>
        <CopyButton text={measuredTable(whole)} count={whole.length} />
        <Button look="plain" disabled={measured.length === 0} onClick={() => clearMeasured()}>
          Clear
        </Button>
        <IconButton label="Stop measuring (M)" onClick={() => setMeasuring(false)}>
          <X aria-hidden />
        </IconButton>
      </div>
      <ol ref={list} className={styles.list} aria-live="polite">
        {measured
          .map((entry, at) => ({ ...entry, at }))
          .filter(({ ids }) => ids.length > 1)
          .reverse()
          .map(({ ids, found, at }) => (
            <li key={at}>
              <span className={styles.atoms}>{atomsWords(ids)}</span>
              <strong>{measuredWords(found)}</strong>
              <IconButton label={`Forget ${atomsWords(ids)}`} onClick={() => clearMeasured(at)}>
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
      </ol>
    </section>
  );
}

/** Atoms by their ids: for those who know them, and for those without a pointer. */
function TypedAtoms() {
  const { columns } = useWorkbench();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const submit = () => {
    const ids = readIds(text);
    if (!ids) return setProblem('Type two or three ids, such as 12 40 7.');
    const rows = [...rowsOfIds(columns, ids)];
    // A row that is none came as -1 and was wrapped into the unsigned array.
    const unknown = ids.filter((_, k) => rows[k] === 0xffffffff);
    if (unknown.length > 0) return setProblem(`No atom has the id ${unknown.join(', ')}.`);
    const { endMeasurement, measureAtom, measured, clearMeasured } = useStore.getState();
    // One atom that was clicked and nothing else gives way to what is typed.
    if (measured.at(-1)?.length === 1) clearMeasured(measured.length - 1);
    endMeasurement();
    for (const row of rows) measureAtom(row);
    setText('');
    setProblem(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <input
        aria-label="Atoms to measure, by id"
        className={`${inputs.input} ${styles.typed}`}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder="Ids: 12 40 7"
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={problem ? id : undefined}
        onKeyDown={(event) => {
          // What is typed goes first; the next Esc is the page's.
          if (event.key !== 'Escape') return;
          setText('');
          setProblem(null);
          event.currentTarget.blur();
        }}
        onChange={({ target }) => {
          setText(target.value);
          setProblem(null);
        }}
      />
      {problem && (
        <small id={id} role="alert" className={styles.problem}>
          {problem}
        </small>
      )}
    </form>
  );
}

function CopyButton({ text, count }: { readonly text: string; readonly count: number }) {
  const [copied, setCopied] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setCopied(''),
    );
  return (
    <Button
      look="plain"
      disabled={count === 0}
      title={`Copy ${plural(count, 'measurement')}`}
      onClick={() => void copy()}
    >
      {copied === text && count > 0 ? 'Copied' : 'Copy'}
    </Button>
  );
}
