import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './Menu.module.css';

export interface MenuItem {
  readonly label: string;
  /** What is in it, or why it cannot be had now. */
  readonly note: string;
  readonly disabled: boolean;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
}

/** A button with a list of actions below it, with the keys that menus have everywhere. */
export function Menu({ label, icon, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const pressed = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', pressed);
    return () => removeEventListener('pointerdown', pressed);
  }, [open]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };

  const keyed = (event: KeyboardEvent) => {
    const entries = [...list.current!.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const last = entries.length - 1;
    const target = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else if (target !== undefined) {
      event.preventDefault();
      entries[target]?.focus();
    }
    // Keys of the page would otherwise act behind the menu.
    event.stopPropagation();
  };

  return (
    <div ref={root} className={styles.root}>
      <Button look="plain" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {icon}
        {label}
        <ChevronDown aria-hidden />
      </Button>
      {open && (
        <div ref={list} role="menu" aria-label={label} tabIndex={-1} className={styles.list} onKeyDown={keyed}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-disabled={item.disabled}
              className={styles.item}
              onClick={() => {
                if (item.disabled) return;
                close();
                item.run();
              }}
            >
              <span>{item.label}</span>
              <small>{item.note}</small>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
