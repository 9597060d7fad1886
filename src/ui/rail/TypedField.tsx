import { type KeyboardEvent, useId, useState } from 'react';
import { PARAMETERS } from '#pipeline/parameters.ts';
import inputs from '../controls/fields.module.css';
import styles from './ParameterField.module.css';
import type { FieldProps } from './ParameterField.tsx';
import { readParameter, stepParameter, textOfParameter } from './parameterText.ts';

/** A parameter that is typed. What cannot stand is kept as typed, with a sentence; the last good value stays in force. */
export function TypedField({ name, value, onChange, id, helpId }: FieldProps) {
  const spec = PARAMETERS[name];
  const [draft, setDraft] = useState({ text: textOfParameter(value), of: value });
  const problemId = useId();
  // Somebody else set the parameter (a preset, a reset): their value is the one to show.
  if (draft.of !== value) setDraft({ text: textOfParameter(value), of: value });

  const typed = readParameter(name, draft.text);
  const problem = 'problem' in typed ? typed.problem : undefined;

  const accept = (text: string) => {
    const next = readParameter(name, text);
    if ('value' in next) {
      setDraft({ text, of: next.value });
      onChange(next.value);
    } else {
      setDraft({ text, of: value });
    }
  };

  const keyed = (event: KeyboardEvent) => {
    if (typeof value !== 'number' || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onChange(stepParameter(name, value, event.key === 'ArrowUp' ? 1 : -1));
  };

  const numeric = spec.kind === 'number' || spec.kind === 'integer' || spec.kind === 'optional-integer';
  const placeholder = 'placeholder' in spec ? spec.placeholder : spec.kind === 'optional-integer' ? 'auto' : undefined;
  return (
    <>
      <span className={styles.withUnit} data-unit={spec.unit}>
        <input
          id={id}
          className={inputs.input}
          type="text"
          inputMode={numeric ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={draft.text}
          placeholder={placeholder}
          aria-describedby={problem ? `${problemId} ${helpId}` : helpId}
          aria-invalid={problem !== undefined}
          onChange={(event) => accept(event.target.value)}
          onKeyDown={keyed}
        />
      </span>
      {problem && (
        <p id={problemId} role="alert" className={styles.problem}>
          {problem} {textOfParameter(value) || 'The default'} stays in force.
        </p>
      )}
    </>
  );
}
