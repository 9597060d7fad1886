import { useEffect, useRef } from 'react';
import { useStore } from '#state/store.ts';
import styles from './App.module.css';
import { DropZone } from './DropZone.tsx';
import { Header } from './header/Header.tsx';
import { HelpDialog, type HelpHandle } from './header/HelpDialog.tsx';
import { remembered } from './hooks/remembered.ts';
import { useShortcuts } from './hooks/useShortcuts.ts';
import { Regions } from './Regions.tsx';
import { Announcer } from './status/Announcer.tsx';
import { StatusLine } from './status/StatusLine.tsx';

/** The whole page. */
export function App() {
  const help = useRef<HelpHandle>(null);
  const showHelp = useRef(() => help.current?.show()).current;
  useShortcuts(showHelp);
  useTheme();
  return (
    <div className={styles.app}>
      <Header onHelp={showHelp} />
      <Regions />
      <StatusLine />
      <Announcer />
      <DropZone />
      <HelpDialog ref={help} />
    </div>
  );
}

/** The theme stands on the root element, where all colours hang, and is remembered. */
function useTheme(): void {
  const theme = useStore((store) => store.theme);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    remembered.setItem('theme', theme);
  }, [theme]);
}
