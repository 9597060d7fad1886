import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { remembered } from '#state/remembered.ts';
import { useStore } from '#state/store.ts';
import styles from './App.module.css';
import { AtomCard } from './centre/AtomCard.tsx';
import { AtomsPanel } from './centre/AtomsPanel.tsx';
import { useNarrow } from './hooks/useMedia.ts';
import { useTurns } from './hooks/useTurns.ts';
import { Rail } from './rail/Rail.tsx';
import { Detail } from './right/Detail.tsx';
import { PlotsPanel } from './right/PlotsPanel.tsx';

/** Steps, atoms and plots, as wide as one likes them; where there is little room the plots become a drawer. */
export function Regions() {
  const narrow = useNarrow();
  const turns = useTurns(4);
  const panelIds = narrow ? ['steps', 'atoms'] : ['steps', 'atoms', 'plots'];
  const layout = useDefaultLayout({ id: 'layout', panelIds, storage: remembered });
  return (
    <main className={styles.main}>
      <Group key={panelIds.length} className={styles.group} {...layout}>
        <Panel id="steps" defaultSize={328} minSize={280} maxSize={460} groupResizeBehavior="preserve-pixel-size">
          {turns >= 1 && <Rail />}
        </Panel>
        <Separator className={styles.separator} aria-label="Width of the steps" />
        <Panel id="atoms" minSize={320}>
          {turns >= 2 && <AtomsPanel />}
        </Panel>
        {!narrow && (
          <>
            <Separator className={styles.separator} aria-label="Width of the plots" />
            <Panel id="plots" defaultSize="30%" minSize={320} groupResizeBehavior="preserve-pixel-size">
              <div className={styles.right}>
                {turns >= 3 && <PlotsPanel />}
                {turns >= 4 && <Detail />}
              </div>
            </Panel>
          </>
        )}
      </Group>
      {narrow && <Drawer />}
    </main>
  );
}

/** Plots over the atoms, and beside them the card of a clicked atom; both go when they are told to. */
function Drawer() {
  const open = useStore((store) => store.drawerOpen);
  const row = useStore((store) => store.pickedRow);
  if (open) {
    return (
      <div className={styles.drawer}>
        <PlotsPanel />
        <Detail />
      </div>
    );
  }
  return row === null ? null : (
    <div className={styles.floating}>
      <AtomCard row={row} />
    </div>
  );
}
