import { type ReactNode, useId, useState } from 'react';
import type { Quantity } from '../../centre/quantities.ts';
import { Button } from '../../controls/Button.tsx';
import inputs from '../../controls/fields.module.css';
import { Select } from '../../controls/Select.tsx';
import { limitText, readRange } from './rangeText.ts';
import styles from './Sets.module.css';

export interface Range {
  readonly column: string;
  readonly from: number | null;
  readonly to: number | null;
}

interface RangeFormProps {
  readonly label: string;
  readonly quantities: readonly Quantity[];
  readonly value: Range;
  /** What the button does; Enter in a field does the same. */
  readonly verb: string;
  readonly onApply: (range: Range, keys: { readonly shiftKey: boolean; readonly altKey: boolean }) => void;
  /** Stands behind the button. */
  readonly children?: ReactNode;
}

/** A column and the limits of its values. What cannot stand is kept as typed, with a sentence. */
export function RangeForm({ label, quantities, value, verb, onApply, children }: RangeFormProps) {
  const [draft, setDraft] = useState({ ...textsOf(value), problem: '', of: value });
  const problemId = useId();
  // Somebody else changed the range (undo, redo): theirs is the one to show.
  if (!sameRange(draft.of, value)) setDraft({ ...textsOf(value), problem: '', of: value });
  const quantity = quantities.find(({ id }) => id === draft.column);

  const apply = (keys: { shiftKey: boolean; altKey: boolean }) => {
    const range = readRange(draft.from, draft.to);
    if ('problem' in range) setDraft({ ...draft, problem: range.problem });
    else {
      setDraft({ ...draft, problem: '' });
      onApply({ column: draft.column, ...range }, keys);
    }
  };

  return (
    <fieldset aria-label={label} className={styles.form}>
      <Select
        aria-label="Column"
        className={styles.column ?? ''}
        value={quantity ? draft.column : ''}
        options={[
          ...(quantity ? [] : [{ value: '', label: 'not computed' }]),
          ...quantities.map(({ id, label: words }) => ({ value: id, label: words })),
        ]}
        onChange={(column) => setDraft({ ...draft, column, problem: '' })}
      />
      {(['from', 'to'] as const).map((side) => (
        <input
          key={side}
          className={`${inputs.input} ${styles.limit}`}
          aria-label={side === 'from' ? 'Lower limit' : 'Upper limit'}
          aria-invalid={draft.problem !== ''}
          aria-describedby={draft.problem ? problemId : undefined}
          inputMode="decimal"
          autoComplete="off"
          placeholder={side === 'from' ? 'from' : 'to'}
          value={draft[side]}
          onChange={({ target }) => setDraft({ ...draft, [side]: target.value })}
          onKeyDown={(event) => event.key === 'Enter' && apply(event)}
        />
      ))}
      <span className={styles.unit}>{quantity?.unit}</span>
      <Button
        look="outlined"
        className={styles.small ?? ''}
        onClick={(event) => apply({ shiftKey: event.shiftKey, altKey: event.altKey })}
      >
        {verb}
      </Button>
      {children}
      {draft.problem && (
        <p id={problemId} role="alert" className={styles.problem}>
          {draft.problem}
        </p>
      )}
    </fieldset>
  );
}

function textsOf({ column, from, to }: Range) {
  return { column, from: limitText(from), to: limitText(to) };
}

function sameRange(a: Range, b: Range): boolean {
  return a.column === b.column && a.from === b.from && a.to === b.to;
}
