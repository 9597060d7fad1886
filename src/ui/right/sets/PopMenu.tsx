import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from '../../controls/Button.tsx';
import menu from '../../controls/Menu.module.css';
import type { MenuItem } from '../../controls/Menu.tsx';
import styles from './Sets.module.css';

interface PopMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
}

interface Place {
  readonly right: number;
  readonly maxHeight: number;
  readonly top?: number;
  readonly bottom?: number;
}

const GAP = 4;

/** A menu that opens over the page, where there is room: above its button in the lower half of the window. */
export function PopMenu({ label, icon, items }: PopMenuProps) {
  const [place, setPlace] = useState<Place | null>(null);
  const root = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!place) return;
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const pressed = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!root.current?.contains(target) && !list.current?.contains(target)) setPlace(null);
    };
    const gone = () => setPlace(null);
    addEventListener('pointerdown', pressed);
    addEventListener('resize', gone);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('resize', gone);
    };
  }, [place]);

  const open = () => {
    const { top, bottom, right } = root.current!.getBoundingClientRect();
    const across = { right: innerWidth - right };
    const below = innerHeight - bottom;
    setPlace(
      below > top
        ? { ...across, top: bottom + GAP, maxHeight: below - 2 * GAP }
        : { ...across, bottom: innerHeight - top + GAP, maxHeight: top - 2 * GAP },
    );
  };
  const close = () => {
    setPlace(null);
    root.current?.querySelector('button')?.focus();
  };
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
    <span ref={root}>
      <IconButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        onClick={() => (place ? setPlace(null) : open())}
      >
        {icon}
      </IconButton>
      {place &&
        createPortal(
          <div
            ref={list}
            role="menu"
            aria-label={label}
            tabIndex={-1}
            className={styles.pop}
            style={place}
            onKeyDown={keyed}
          >
            {items.map((item) => (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                aria-disabled={item.disabled}
                className={menu.item}
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
          </div>,
          document.body,
        )}
    </span>
  );
}
