import { type KeyboardEvent, useState } from 'react';
import { useStore } from '#state/store.ts';
import { AtomCard } from '../centre/AtomCard.tsx';
import { count } from '../words/numbers.ts';
import styles from './Detail.module.css';
import { SetList } from './SetList.tsx';
import { FiltersPanel } from './sets/FiltersPanel.tsx';
import { SetsPanel } from './sets/SetsPanel.tsx';

type Tab = 'atom' | 'chosen' | 'sets' | 'filters';

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
    { tab: 'sets', label: sets > 0 ? `Sets (${count(sets)})` : 'Sets' },
    { tab: 'filters', label: filters > 0 ? `Filters (${count(filters)})` : 'Filters' },
  ];
  const show = (tab: Tab) => {
    if (tab !== 'atom') setBefore(tab);
    setAsked({ tab, row });
  };
  const keyed = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ tab }) => tab === current);
    const { tab } = tabs[(at + step + tabs.length) % tabs.length]!;
    show(tab);
    document.getElementById(`detail-${tab}`)?.focus();
  };

  return (
    <div className={styles.detail}>
      <div className={styles.bar}>
        <div role="tablist" aria-label="Atoms in detail" className={styles.tabs} onKeyDown={keyed}>
          {tabs.map(({ tab, label }) => (
            <button
              key={tab}
              id={`detail-${tab}`}
              type="button"
              role="tab"
              aria-selected={tab === current}
              aria-controls="detail"
              tabIndex={tab === current ? 0 : -1}
              className={styles.tab}
              onClick={() => show(tab)}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
      <div id="detail" role="tabpanel" aria-labelledby={`detail-${current}`} className={styles.pane}>
        {current === 'atom' && (row === null ? <p className={styles.hint}>{NO_ATOM}</p> : <AtomCard row={row} />)}
        {current === 'chosen' && <SetList />}
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
