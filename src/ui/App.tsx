import { useEffect } from 'react';
import { remembered } from '#state/remembered.ts';
import { useStore } from '#state/store.ts';
import styles from './App.module.css';
import { DropZone } from './DropZone.tsx';
import { Header } from './header/Header.tsx';
import { useTurns } from './hooks/useTurns.ts';
import { PageCommands } from './PageCommands.tsx';
import { Regions } from './Regions.tsx';
import { Announcer } from './status/Announcer.tsx';
import { StatusLine } from './status/StatusLine.tsx';

/** The whole page. */
export function App() {
  useTheme();
  const turns = useTurns(1);
  return (
    <div className={styles.app}>
      <Header />
      <Regions />
      {turns >= 1 && <PageCommands />}
      <StatusLine />
      <Announcer />
      {turns >= 1 && <DropZone />}
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
