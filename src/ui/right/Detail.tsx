import { useState } from 'react';
import { useStore } from '#state/store.ts';
import { AtomCard } from '../centre/AtomCard.tsx';
import small from '../controls/Tabs.module.css';
import { Tabs, tabId } from '../controls/Tabs.tsx';
import { count } from '../words/numbers.ts';
import styles from './Detail.module.css';
import { EnergiesPanel } from './energies/EnergiesPanel.tsx';
import { SetList } from './SetList.tsx';
import { FiltersPanel } from './sets/FiltersPanel.tsx';
import { SetsPanel } from './sets/SetsPanel.tsx';

type Tab = 'atom' | 'chosen' | 'energies' | 'sets' | 'filters';

/** One atom, the chosen ones, sets of atoms and filters: always the same room. */
export function Detail() {
  const row = useStore((store) => store.pickedRow);
  const sets = useStore((store) => store.sets.length);
  const filters = useFilterCount();
  /** What was asked for, and which atom was picked then: a click on another one shows that. */
  const [asked, setAsked] = useState<{ tab: Tab; row: number | null }>({ tab: 'chosen', row: null });
  const [before, setBefore] = useState<Tab>('chosen');
  const current: Tab =
    row !== null && asked.row !== row ? 'atom' : asked.tab === 'atom' && row === null ? before : asked.tab;

  const tabs: readonly { tab: Tab; label: string }[] = [
    { tab: 'atom', label: 'Atom' },
    { tab: 'chosen', label: 'Chosen' },
    { tab: 'energies', label: 'Energies' },
    { tab: 'sets', label: sets > 0 ? `Sets (${count(sets)})` : 'Sets' },
    { tab: 'filters', label: filters > 0 ? `Filters (${count(filters)})` : 'Filters' },
  ];
  const show = (tab: Tab) => {
    if (tab !== 'atom') setBefore(tab);
    setAsked({ tab, row });
  };

  return (
    <div className={styles.detail}>
      <div className={styles.bar}>
        <Tabs
          label="Atoms in detail"
          panel="detail"
          tabs={tabs}
          current={current}
          onShow={show}
          className={styles.tabs}
          tabClassName={small.small}
        />
      </div>
      <div id="detail" role="tabpanel" aria-labelledby={tabId('detail', current)} className={styles.pane}>
        {current === 'atom' && (row === null ? <p className={styles.hint}>{NO_ATOM}</p> : <AtomCard row={row} />)}
        {current === 'chosen' && <SetList />}
        {current === 'energies' && <EnergiesPanel />}
        {current === 'sets' && <SetsPanel />}
        {current === 'filters' && <FiltersPanel />}
      </div>
    </div>
  );
}

const NO_ATOM = 'Click an atom, or a point of a plot, to see its numbers.';

/** How many things leave atoms out of the picture, those that other parts of the page show besides. */
function useFilterCount(): number {
  return useStore(
    ({ filters, sets, only }) =>
      filters.ranges.length +
      Number(filters.network) +
      sets.filter(({ hidden }) => hidden).length +
      Number(only !== null),
  );
}
