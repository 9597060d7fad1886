import { X } from 'lucide-react';
import { useState } from 'react';
import { partsOf } from '#state/columnValues.ts';
import type { RangeFilter } from '#state/slices/filters.ts';
import { SELECTION } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { type Quantity, quantitiesOf, STRUCTURE_TYPE } from '../../centre/quantities.ts';
import { Button, IconButton } from '../../controls/Button.tsx';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { count } from '../../words/numbers.ts';
import { type Range, RangeForm } from './RangeForm.tsx';
import { rangeWords } from './rangeText.ts';
import styles from './Sets.module.css';

const NEW_RANGE: Range = { column: 'structure.coordination', from: null, to: null };

/** What is left out of the picture by values, by the network and by sets; an atom is shown where it passes all of it. */
export function FiltersPanel() {
  const { sets } = useWorkbench();
  const total = useStore((store) => store.stages.snapshot.summary?.count);
  const { ranges } = useStore((store) => store.filters);
  const columns = useStore((store) => store.columns);
  const left = useStore((store) => store.flags?.hidden ?? 0);
  if (total === undefined) return <p className={styles.hint}>Open a snapshot first.</p>;
  const quantities = quantitiesOf(columns).filter(({ id }) => id !== STRUCTURE_TYPE.id && columns[partsOf(id).name]);

  const wordsOf = ({ column, from, to }: Range) => {
    const quantity = quantities.find(({ id }) => id === column);
    return rangeWords(quantity?.label ?? column, quantity?.unit ?? '', from, to);
  };
  const change = (label: string, next: readonly RangeFilter[]) => sets.changeFilters(label, { ranges: next });

  return (
    <section className={styles.panel} aria-label="Filters">
      <p className={styles.line}>
        Filters and sets leave out {count(left)} of {count(total)} atoms
      </p>
      <Network />
      {ranges.map((filter) => (
        <RangeForm
          key={filter.id}
          label={`Filter ${wordsOf(filter)}`}
          quantities={quantities}
          value={filter}
          verb="Apply"
          onApply={(range) =>
            change(
              `filter ${wordsOf(range)}`,
              ranges.map((other) => (other.id === filter.id ? { ...range, id: filter.id } : other)),
            )
          }
        >
          <IconButton
            label={`Remove the filter ${wordsOf(filter)}`}
            onClick={() =>
              change(
                `remove the filter ${wordsOf(filter)}`,
                ranges.filter(({ id }) => id !== filter.id),
              )
            }
          >
            <X aria-hidden />
          </IconButton>
        </RangeForm>
      ))}
      {ranges.length > 0 && <p className={styles.soft}>An atom without a value passes no filter.</p>}
      <NewFilter
        key={ranges.length}
        quantities={quantities}
        onAdd={(range) => change(`filter ${wordsOf(range)}`, [...ranges, { ...range, id: sets.newId() }])}
      />
      <BySets />
    </section>
  );
}

function NewFilter({ quantities, onAdd }: { quantities: readonly Quantity[]; onAdd: (range: Range) => void }) {
  return <RangeForm label="New filter" quantities={quantities} value={NEW_RANGE} verb="Add filter" onApply={onAdd} />;
}

/** The boundary network has to be found once, which takes a moment. */
function Network() {
  const workbench = useWorkbench();
  const on = useStore((store) => store.filters.network);
  const classified = useStore((store) => store.stages.structure.fingerprint !== undefined);
  const [finding, setFinding] = useState(false);
  const toggle = async (checked: boolean) => {
    if (checked) {
      setFinding(true);
      const found = await workbench.findNetwork();
      setFinding(false);
      if (!found) return;
    }
    workbench.sets.changeFilters(checked ? 'show the boundary network' : 'show atoms beside the network', {
      network: checked,
    });
  };
  return (
    <label className={styles.line}>
      <input
        type="checkbox"
        checked={on}
        disabled={!classified || finding}
        onChange={({ target }) => void toggle(target.checked)}
      />
      <span>Boundary network only</span>
      <span className={styles.soft}>{finding ? 'being found …' : 'not BCC, and their neighbours'}</span>
    </label>
  );
}

/** What sets leave out, with the way back. */
function BySets() {
  const { sets: actions } = useWorkbench();
  const sets = useStore((store) => store.sets);
  const only = useStore((store) => store.only);
  const hidden = sets.filter((set) => set.hidden);
  const nameOf = (id: string) => (id === SELECTION ? 'the selection' : sets.find((set) => set.id === id)?.name);
  return (
    <>
      {only !== null && (
        <p className={styles.line}>
          <span className={styles.words}>Only {nameOf(only)} is shown</span>
          <Button className={styles.small ?? ''} onClick={() => actions.showOnly(null)}>
            Show the others
          </Button>
        </p>
      )}
      {hidden.map(({ id, name }) => (
        <p key={id} className={styles.line}>
          <span className={styles.words}>{name} is hidden</span>
          <Button className={styles.small ?? ''} onClick={() => actions.hide(id, false)}>
            Show {name}
          </Button>
        </p>
      ))}
    </>
  );
}
