import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from './Button.tsx';
import styles from './Popover.module.css';
import { useOutsidePress } from './useOutsidePress.ts';

interface PopoverProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** The sheet opens upwards, and to the left. */
  readonly above?: boolean;
  /** The sheet opens at the left of the button. */
  readonly beside?: boolean;
  /** Drawn while it is open. */
  readonly children: ReactNode;
}

/** A button with a small sheet of fields below it. Esc, a click beside it and the focus leaving it close it. */
export function Popover({ label, icon, above = false, beside = false, children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);

  useOutsidePress(open, [root], () => setOpen(false));
  useEffect(() => {
    if (!open) return;
    sheet.current?.querySelector<HTMLElement>('input, select, button')?.focus();
    // Wherever the focus is: a button that is no longer of use may have lost it.
    const keyed = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    addEventListener('keydown', keyed, { capture: true });
    return () => removeEventListener('keydown', keyed, { capture: true });
  }, [open]);

  return (
    <div ref={root} className={styles.root}>
      <IconButton label={label} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        {icon}
      </IconButton>
      {open && (
        <div
          ref={sheet}
          role="dialog"
          aria-label={label}
          className={`${styles.sheet} ${above ? styles.above : ''} ${beside ? styles.beside : ''}`}
          // Keys of the page would otherwise act behind the sheet.
          onKeyDown={(event) => event.stopPropagation()}
          onBlur={({ relatedTarget }) => {
            if (relatedTarget && !root.current?.contains(relatedTarget)) setOpen(false);
          }}
        >
          {children}
        </div>
      )}
    </div>
  );
}
