import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from '../../controls/Button.tsx';
import { type MenuItem, MenuItems } from '../../controls/MenuItems.tsx';
import { useOutsidePress } from '../../controls/useOutsidePress.ts';
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

  useOutsidePress(place !== null, [root, list], () => setPlace(null));
  useEffect(() => {
    if (!place) return;
    const gone = () => setPlace(null);
    addEventListener('resize', gone);
    return () => removeEventListener('resize', gone);
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
          <div ref={list}>
            <MenuItems {...{ label, items, close }} className={styles.pop} style={place} />
          </div>,
          document.body,
        )}
    </span>
  );
}
