import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from './Button.tsx';
import styles from './Popover.module.css';

interface PopoverProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Drawn while it is open. */
  readonly children: ReactNode;
}

/** A button with a small sheet of fields below it. Esc, a click beside it and the focus leaving it close it. */
export function Popover({ label, icon, children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    sheet.current?.querySelector<HTMLElement>('input, select, button')?.focus();
    const pressed = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', pressed);
    return () => removeEventListener('pointerdown', pressed);
  }, [open]);

  const keyed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    }
    // Keys of the page would otherwise act behind the sheet.
    event.stopPropagation();
  };

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
          className={styles.sheet}
          onKeyDown={keyed}
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
