import { useStore } from '#state/store.ts';
import { SelectBy } from './SelectBy.tsx';
import { SelectionRow } from './SelectionRow.tsx';
import { SetAlgebra } from './SetAlgebra.tsx';
import { SetRow } from './SetRow.tsx';
import styles from './Sets.module.css';

/** The selection, the sets that were kept, and what can be made of them. */
export function SetsPanel() {
  const sets = useStore((store) => store.sets);
  const opened = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  if (!opened) return <p className={styles.hint}>Open a snapshot first.</p>;
  return (
    <section className={styles.panel} aria-label="Sets of atoms">
      <SelectionRow />
      {sets.length > 0 && (
        <ul className={styles.list} aria-label="Sets">
          {sets.map((set) => (
            <SetRow key={set.id} set={set} />
          ))}
        </ul>
      )}
      <SetAlgebra />
      <SelectBy />
    </section>
  );
}
