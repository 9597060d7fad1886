import { Redo2, Undo2 } from 'lucide-react';
import { useStore } from '#state/store.ts';
import { IconButton } from '../../controls/Button.tsx';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { SelectBy } from './SelectBy.tsx';
import { SelectionRow } from './SelectionRow.tsx';
import { SetAlgebra } from './SetAlgebra.tsx';
import { SetRow } from './SetRow.tsx';
import styles from './Sets.module.css';

/** The selection, the sets that were kept, and what can be made of them. */
export function SetsPanel() {
  const sets = useStore((store) => store.sets);
  const classified = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  if (!classified) return <p className={styles.hint}>Open a snapshot first.</p>;
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
      <Steps />
    </section>
  );
}

/** Undo and redo, saying what. */
function Steps() {
  const { sets } = useWorkbench();
  const undoes = useStore((store) => store.undoes);
  const redoes = useStore((store) => store.redoes);
  return (
    <div className={styles.line}>
      <IconButton
        label={undoes === null ? 'Nothing to undo' : `Undo ${undoes} (Ctrl+Z)`}
        disabled={undoes === null}
        onClick={() => sets.history.undo()}
      >
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton
        label={redoes === null ? 'Nothing to redo' : `Redo ${redoes} (Ctrl+Shift+Z)`}
        disabled={redoes === null}
        onClick={() => sets.history.redo()}
      >
        <Redo2 aria-hidden />
      </IconButton>
      <span className={styles.soft}>{undoes === null ? '' : `Last: ${undoes}`}</span>
    </div>
  );
}
