import { useId } from 'react';
import type { InputParameter, InputWriterId } from '#engines/input.ts';
import { useStore } from '#state/store.ts';
import inputs from '../controls/fields.module.css';
import { Hint } from '../controls/Hint.tsx';
import styles from './Calculations.module.css';

interface SettingFieldProps {
  readonly engine: InputWriterId;
  readonly parameter: InputParameter;
}

/** One setting of a program, as it was typed. */
export function SettingField({ engine, parameter }: SettingFieldProps) {
  const { key, label, help } = parameter;
  const typed = useStore((store) => store.inputValues[engine]?.[key]);
  const [id, helpId] = [useId(), useId()];
  const initial = String(parameter.default);
  const unit = parameter.kind === 'number' ? parameter.unit : '';
  return (
    <div data-field className={parameter.kind === 'number' ? styles.short : styles.field}>
      <span className={styles.label}>
        <label htmlFor={id}>
          {label[0]!.toUpperCase() + label.slice(1)}
          {unit && <small> ({unit})</small>}
        </label>
        <Hint about={label} textId={helpId}>
          {help}
        </Hint>
      </span>
      <input
        id={id}
        className={inputs.input}
        type="text"
        inputMode={parameter.kind === 'number' ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={false}
        value={typed ?? initial}
        aria-describedby={helpId}
        onChange={({ target }) =>
          useStore.getState().setEngineInput('inputValues', key, target.value === initial ? undefined : target.value)
        }
      />
    </div>
  );
}
