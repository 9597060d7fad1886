import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react';
import styles from './Menu.module.css';

export interface MenuItem {
  readonly label: string;
  /** What is in it, or why it cannot be had now. */
  readonly note: string;
  readonly disabled: boolean;
  readonly run: () => void;
}

interface MenuItemsProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly className: string | undefined;
  readonly style?: CSSProperties;
  /** Close the menu; the focus goes back to its button. */
  readonly close: () => void;
}

/** The list of an open menu, with the keys that menus have everywhere. */
export function MenuItems({ label, items, className, style, close }: MenuItemsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(), []);

  const keyed = (event: KeyboardEvent) => {
    const entries = [...list.current!.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const last = entries.length - 1;
    const target = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    } else if (target !== undefined) {
      event.preventDefault();
      entries[target]?.focus();
    }
    // Keys of the page would otherwise act behind the menu.
    event.stopPropagation();
  };

  return (
    <div ref={list} role="menu" aria-label={label} tabIndex={-1} className={className} style={style} onKeyDown={keyed}>
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
          {item.note && <small>{item.note}</small>}
        </button>
      ))}
    </div>
  );
}
