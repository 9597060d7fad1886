import { Redo2, Undo2 } from 'lucide-react';
import { useStore } from '#state/store.ts';
import { IconButton } from '../../controls/Button.tsx';
import { useWorkbench } from '../../hooks/useWorkbench.ts';

/** Takes back what was done to sets and filters, and says what that was. */
export function UndoRedo() {
  const { sets } = useWorkbench();
  const undoes = useStore((store) => store.undoes);
  const redoes = useStore((store) => store.redoes);
  return (
    <>
      <IconButton
        label={undoes === null ? 'Nothing to undo' : `Undo: ${undoes} (Ctrl+Z)`}
        disabled={undoes === null}
        onClick={() => sets.history.undo()}
      >
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton
        label={redoes === null ? 'Nothing to redo' : `Redo: ${redoes} (Ctrl+Shift+Z)`}
        disabled={redoes === null}
        onClick={() => sets.history.redo()}
      >
        <Redo2 aria-hidden />
      </IconButton>
    </>
  );
}
