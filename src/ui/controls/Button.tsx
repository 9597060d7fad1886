import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `filled` is for the next sensible action: at most one on the page. */
  readonly look?: 'filled' | 'outlined' | 'plain';
}

export function Button({ look = 'outlined', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`${styles.button} ${styles[look]} ${className}`} {...rest} />;
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What the button does: its name for screen readers and its tooltip. */
  readonly label: string;
}

export function IconButton({ label, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`${styles.button} ${styles.plain} ${styles.icon} ${className}`}
      {...rest}
    />
  );
}
