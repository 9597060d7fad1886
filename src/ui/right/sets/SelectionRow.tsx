import { EllipsisVertical, Focus } from 'lucide-react';
import { flushSync } from 'react-dom';
import { SELECTION, SELECTION_COLOUR } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../../controls/Button.tsx';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { count } from '../../words/numbers.ts';
import { PopMenu } from './PopMenu.tsx';
import styles from './Sets.module.css';
import { useSetItems } from './useSetItems.ts';

/** Of the field of a set's name, which has the focus as soon as a set is kept. */
export function nameFieldId(id: string): string {
  return `set-name-${id}`;
}

/** The working selection: what every lasso, box and pick replaces. */
export function SelectionRow() {
  const { sets } = useWorkbench();
  const current = useStore((store) => store.current);
  const only = useStore((store) => store.only === SELECTION);
  const items = useSetItems(SELECTION, 'selection', current.count);
  const none = current.count === 0;

  const keep = () => {
    // Drawn at once, so that what is typed next is its name.
    const id = flushSync(() => sets.keep());
    const field = document.getElementById(nameFieldId(id)) as HTMLInputElement | null;
    field?.focus();
    field?.select();
  };

  return (
    <fieldset aria-label="Selection">
      <div className={styles.row}>
        <span className={styles.dot} style={{ background: none ? 'none' : SELECTION_COLOUR }} />
        <strong className={styles.words}>Selection</strong>
        <output className={styles.count} aria-label="Atoms selected">
          {count(current.count)}
        </output>
        <Button className={styles.small ?? ''} disabled={none} onClick={keep}>
          Keep as set…
        </Button>
        <IconButton
          label="Show only the selection"
          aria-pressed={only}
          disabled={none && !only}
          onClick={() => sets.showOnly(only ? null : SELECTION)}
        >
          <Focus aria-hidden />
        </IconButton>
        <PopMenu
          label="More for the selection"
          icon={<EllipsisVertical aria-hidden />}
          items={[
            { label: 'Invert', note: 'All atoms but these', disabled: false, run: () => sets.invertSelection() },
            { label: 'Clear', note: 'Select nothing', disabled: none, run: () => sets.clearSelection() },
            ...items,
          ]}
        />
      </div>
      <p className={styles.origin} title={current.origin}>
        {none && current.origin === '' ? 'None yet: draw a lasso (L) or a box (B) in the picture' : current.origin}
      </p>
    </fieldset>
  );
}
