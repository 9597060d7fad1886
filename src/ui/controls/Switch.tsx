import type { InputHTMLAttributes } from 'react';
import styles from './fields.module.css';

interface SwitchProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'type'> {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ onChange, ...rest }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      aria-checked={rest.checked}
      className={styles.switch}
      onChange={(event) => onChange(event.target.checked)}
      {...rest}
    />
  );
}
