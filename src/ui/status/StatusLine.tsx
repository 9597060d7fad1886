import { stageOf } from '#pipeline/stages.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { progressWords } from '../words/jobWords.ts';
import { bytes, plural } from '../words/numbers.ts';
import styles from './StatusLine.module.css';

/** What runs, how far it is, and what it runs on. */
export function StatusLine() {
  return (
    <footer className={styles.line}>
      <Running />
      <PlatformWords />
    </footer>
  );
}

function Running() {
  const workbench = useWorkbench();
  const job = useStore((store) => store.job);
  if (!job) return <span className={styles.job}>Ready</span>;
  const { done, total } = job.progress;
  return (
    <span className={styles.job}>
      <strong>{stageOf(job.stage).title}</strong>
      <progress aria-label={`Progress of ${stageOf(job.stage).title}`} max={Math.max(1, total)} value={done} />
      <span className={styles.words}>{progressWords(job)}</span>
      <Button look="plain" disabled={job.cancelling} onClick={() => workbench.cancel()}>
        Cancel
      </Button>
    </span>
  );
}

function PlatformWords() {
  const { sharedMemory, threads } = useStore((store) => store.platform);
  const memory = useStore((store) => store.memoryBytes);
  return (
    <span className={styles.platform}>
      <span>
        {sharedMemory
          ? `shared memory on, ${plural(threads, 'worker')}`
          : 'this page is not isolated: one worker, slower'}
      </span>
      {memory > 0 && <span>{bytes(memory)}</span>}
    </span>
  );
}
