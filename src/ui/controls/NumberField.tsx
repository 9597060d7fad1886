import { useId, useState } from 'react';
import inputs from './fields.module.css';
import styles from './NumberField.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  /** Null: nothing is typed, and `found` holds. */
  readonly value: number | null;
  /** What holds where nothing is typed, shown in its place. */
  readonly found: string;
  readonly onChange: (value: number | null) => void;
  /** Why a number cannot stand; null where it can. */
  readonly refuse?: (value: number) => string | null;
}

/** A number that may be left open. What cannot stand is kept as typed, with a sentence, and changes nothing. */
export function NumberField({ label, unit, value, found, onChange, refuse }: NumberFieldProps) {
  const [draft, setDraft] = useState({ text: textOf(value), of: value });
  const id = useId();
  // Somebody else set the number: theirs is the one to show.
  if (draft.of !== value) setDraft({ text: textOf(value), of: value });
  const read = readNumber(draft.text);
  const problem = read === undefined ? 'This is not a number.' : read === null ? null : (refuse?.(read) ?? null);

  const accept = (text: string) => {
    const next = readNumber(text);
    const stands = next !== undefined && (next === null || !refuse?.(next));
    setDraft({ text, of: stands ? next : value });
    if (stands) onChange(next);
  };

  return (
    <label className={styles.field}>
      <span>
        {label}
        {unit && <small> ({unit})</small>}
      </span>
      <input
        className={inputs.input}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={draft.text}
        placeholder={found}
        aria-invalid={problem !== null}
        aria-describedby={problem ? id : undefined}
        onChange={({ target }) => accept(target.value)}
      />
      {problem && (
        <small id={id} role="alert" className={styles.problem}>
          {problem}
        </small>
      )}
    </label>
  );
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value).replace('-', '−');
}

/** @returns null where nothing is typed, undefined where it is no number. A comma and a true minus are understood. */
function readNumber(text: string): number | null | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
