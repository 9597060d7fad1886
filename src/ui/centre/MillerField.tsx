import { useState } from 'react';
import styles from './SliceRow.module.css';

type Triple = readonly [number, number, number];

interface MillerFieldProps {
  readonly label: string;
  readonly value: Triple;
  readonly onChange: (value: Triple) => void;
}

/** Three integers, as `110`, `1-10` or `10 1 -1`. What is none of these is kept as typed and changes nothing. */
export function MillerField({ label, value, onChange }: MillerFieldProps) {
  const [draft, setDraft] = useState({ text: wordsOf(value), of: value });
  // Somebody else set it: theirs is the one to show.
  if (draft.of !== value) setDraft({ text: wordsOf(value), of: value });
  return (
    <input
      className={styles.miller}
      type="text"
      aria-label={label}
      aria-invalid={readMiller(draft.text) === null}
      title="Miller indices in the vectors of the simulation cell: 1 1 0"
      autoComplete="off"
      spellCheck={false}
      value={draft.text}
      onChange={({ target }) => {
        const read = readMiller(target.value);
        setDraft({ text: target.value, of: read ?? value });
        if (read) onChange(read);
      }}
    />
  );
}

function wordsOf(value: Triple): string {
  return value.join(' ');
}

/** @returns null where it is not three integers, or all of them are zero. */
export function readMiller(text: string): Triple | null {
  const plain = text.replaceAll('−', '-').trim();
  const parts = /[\s,]/.test(plain) ? plain.split(/[\s,]+/) : (plain.match(/-?\d/g) ?? []);
  const numbers = parts.map(Number);
  const joined = parts.join('').length === plain.replace(/[\s,]+/g, '').length;
  if (!joined || numbers.length !== 3 || !numbers.every(Number.isInteger) || numbers.every((part) => part === 0)) {
    return null;
  }
  return numbers as unknown as Triple;
}
