import { X } from 'lucide-react';
import type { Failure } from '#data/errors.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';
import { failureWords } from '../words/sentences.ts';
import styles from './Rail.module.css';

/** A failure that belongs to no step. */
export function Notice() {
  const notice = useStore((store) => store.notice);
  if (!notice) return null;
  return <FailureBox failure={notice} onDismiss={() => useStore.getState().setSession({ notice: null })} />;
}

/** What failed and what to do, until it is dismissed. */
export function FailureBox({ failure, onDismiss }: { readonly failure: Failure; readonly onDismiss: () => void }) {
  return (
    <div role="alert" className={styles.notice}>
      <p>{failureWords(failure)}</p>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
