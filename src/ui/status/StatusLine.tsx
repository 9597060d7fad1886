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
      <NewBuild />
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

/** The page never reloads by itself: somebody may be at work on it. */
function NewBuild() {
  const ready = useStore((store) => store.newBuild);
  const busy = useStore((store) => store.job !== null);
  return (
    <span role="status" className={styles.newBuild}>
      {ready && (
        <>
          A new version is ready.
          <Button
            disabled={busy}
            title={busy ? 'When this run is done' : 'Open the new version in place of this one'}
            onClick={() => location.reload()}
          >
            Reload
          </Button>
        </>
      )}
    </span>
  );
}

function PlatformWords() {
  const { sharedMemory, threads, simd } = useStore((store) => store.platform);
  const memory = useStore((store) => store.memoryBytes);
  const keeping = useStore((store) => store.keeping);
  return (
    <span className={styles.platform}>
      {keeping.status === 'kept' && (
        <span title="Kept in this browser, on this machine only: a reload loses nothing">
          {keeping.behind ? 'keeping …' : `kept ${clock(keeping.at)}`}
        </span>
      )}
      {keeping.status === 'refused' && (
        <span className={styles.warning} title={keeping.message}>
          not kept: see Projects
        </span>
      )}
      <span>
        {sharedMemory
          ? `shared memory on, ${plural(threads, 'worker')}`
          : 'this page is not isolated: one worker, slower'}
      </span>
      {!simd && <span>this browser has no WebAssembly SIMD: slower</span>}
      {memory > 0 && <span>{bytes(memory)}</span>}
    </span>
  );
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

function clock(at: number): string {
  return CLOCK.format(new Date(at));
}
