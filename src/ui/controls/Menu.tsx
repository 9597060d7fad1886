import { ChevronDown } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './Menu.module.css';
import { type MenuItem, MenuItems } from './MenuItems.tsx';
import { useOutsidePress } from './useOutsidePress.ts';

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
}

/** A button with a list of actions below it. */
export function Menu({ label, icon, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  useOutsidePress(open, [root], () => setOpen(false));

  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };

  return (
    <div ref={root} className={styles.root}>
      <Button look="plain" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {icon}
        {label}
        <ChevronDown aria-hidden />
      </Button>
      {open && <MenuItems {...{ label, items, close }} className={styles.list} />}
    </div>
  );
}
