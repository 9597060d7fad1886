import { Redo2, Undo2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { history } from '#state/history.ts';
import { IconButton } from '../controls/Button.tsx';

const subscribe = (listener: () => void) => history.subscribe(listener);

/** Back and forth through what was changed of the view. */
export function UndoButtons() {
  const last = useSyncExternalStore(subscribe, () => history.lastLabel);
  const next = useSyncExternalStore(subscribe, () => history.nextLabel);
  return (
    <>
      <IconButton
        label={last === null ? 'Undo (Ctrl+Z)' : `Undo: ${last} (Ctrl+Z)`}
        disabled={last === null}
        onClick={() => history.undo()}
      >
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton
        label={next === null ? 'Redo (Ctrl+Shift+Z)' : `Redo: ${next} (Ctrl+Shift+Z)`}
        disabled={next === null}
        onClick={() => history.redo()}
      >
        <Redo2 aria-hidden />
      </IconButton>
    </>
  );
}
