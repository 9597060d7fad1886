import type { SelectHTMLAttributes } from 'react';
import styles from './fields.module.css';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> {
  readonly value: string;
  readonly options: readonly (Option | { readonly group: string; readonly options: readonly Option[] })[];
  readonly onChange: (value: string) => void;
}

/** The browser's own list: it is the one that keyboards and screen readers know. */
export function Select({ options, onChange, className = '', ...rest }: SelectProps) {
  return (
    <select
      className={`${styles.input} ${styles.select} ${className}`}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    >
      {options.map((entry) =>
        'group' in entry ? (
          <optgroup key={entry.group} label={entry.group}>
            {entry.options.map(asOption)}
          </optgroup>
        ) : (
          asOption(entry)
        ),
      )}
    </select>
  );
}

function asOption({ value, label }: Option) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
