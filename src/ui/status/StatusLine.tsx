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

/** Every part keeps its place, so that Cancel can be hit while steps follow one another. */
function Running() {
  const workbench = useWorkbench();
  const job = useStore((store) => store.job);
  const title = job ? stageOf(job.stage).title : 'Ready';
  return (
    <span className={styles.job} data-idle={job === null || undefined}>
      <span className={styles.title}>{title}</span>
      <progress
        aria-label={`Progress of ${title}`}
        max={Math.max(1, job?.progress.total ?? 1)}
        value={job?.progress.done ?? 0}
      />
      <Button look="plain" disabled={!job || job.cancelling} onClick={() => workbench.cancel()}>
        Cancel
      </Button>
      <span className={styles.words}>{job && progressWords(job)}</span>
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
