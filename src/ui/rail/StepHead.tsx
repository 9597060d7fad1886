import { Check, CircleAlert, LoaderCircle, RotateCw } from 'lucide-react';
import type { StageName } from '#pipeline/parameters.ts';
import { stageOf } from '#pipeline/stages.ts';
import { nextAction } from '#state/actions/nextAction.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { progressWords } from '../words/jobWords.ts';
import { duration } from '../words/numbers.ts';
import { failureWords } from '../words/sentences.ts';
import { staleWords } from '../words/staleWords.ts';
import { PURPOSE, resultWords } from '../words/stepWords.ts';
import styles from './Step.module.css';

interface StepHeadProps {
  readonly stage: StageName;
  readonly number: number;
  readonly open: boolean;
  readonly bodyId: string;
}

type Tone = 'faint' | 'done' | 'stale' | 'failed' | 'running';

/** Number, title, state and result of a step: always two lines high, so that nothing moves when results arrive. */
export function StepHead({ stage, number, open, bodyId }: StepHeadProps) {
  const workbench = useWorkbench();
  const { title, verb } = stageOf(stage);
  const state = useStore((store) => store.stages[stage]);
  const stale = useStore((store) => staleWords(store, stage));
  const job = useStore((store) => (store.job?.stage === stage ? store.job : null));
  const next = useStore((store) => {
    const action = nextAction(store);
    return action.kind === 'stage' && action.stage === stage;
  });

  const [tone, line]: [Tone, string] = job
    ? ['running', progressWords(job)]
    : state.failure
      ? ['failed', failureWords(state.failure)]
      : stale
        ? ['stale', stale]
        : state.summary
          ? ['done', resultWords(stage, state.summary)]
          : ['faint', PURPOSE[stage]];
  const toggle = () => useStore.getState().setView({ openStep: open ? null : stage });

  return (
    <div className={styles.head}>
      <h2 className={styles.title}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={open}
          aria-controls={open ? bodyId : undefined}
          onClick={toggle}
        >
          <span className={styles.number}>{number}</span>
          <span className={styles.name}>{title}</span>
          <State tone={tone} milliseconds={state.milliseconds} />
          <span className={styles.line} data-tone={tone} title={line}>
            {line}
          </span>
        </button>
      </h2>
      {next && !open && (
        <Button look="filled" className={styles.next ?? ''} onClick={() => void workbench.run(stage)}>
          {verb}
        </Button>
      )}
      {job && (
        <progress
          className={styles.progress}
          aria-label={`${title}: ${job.progress.phase}`}
          max={Math.max(1, job.progress.total)}
          value={job.progress.done}
        />
      )}
    </div>
  );
}

const STATE_WORDS: Readonly<Record<Tone, string>> = {
  faint: 'not run yet',
  done: 'done',
  stale: 'out of date',
  failed: 'failed',
  running: 'running',
};

function State({ tone, milliseconds }: { readonly tone: Tone; readonly milliseconds: number | undefined }) {
  return (
    <span className={styles.state} data-state={tone}>
      {tone === 'done' && milliseconds !== undefined && duration(milliseconds)}
      {tone === 'done' && <Check aria-hidden />}
      {tone === 'stale' && <RotateCw aria-hidden />}
      {tone === 'failed' && <CircleAlert aria-hidden />}
      {tone === 'running' && <LoaderCircle aria-hidden className={styles.turning} />}
      <span className="unseen">{STATE_WORDS[tone]}</span>
    </span>
  );
}
