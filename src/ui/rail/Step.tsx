import { useEffect, useId, useRef } from 'react';
import type { StageName } from '#pipeline/parameters.ts';
import { useStore } from '#state/store.ts';
import styles from './Step.module.css';
import { StepBody } from './StepBody.tsx';
import { StepHead } from './StepHead.tsx';

/** One step of the method: a head of two lines, and the body where it is open. */
export function Step({ stage, number }: { readonly stage: StageName; readonly number: number }) {
  const open = useStore((store) => store.openStep === stage);
  const failed = useStore((store) => store.stages[stage].failure);
  const milliseconds = useStore((store) => store.stages[stage].milliseconds);
  const peakBytes = useStore((store) => store.stages[stage].peakBytes);
  const root = useRef<HTMLLIElement>(null);
  const bodyId = useId();

  // A failure is shown where it is, whichever step was being looked at.
  useEffect(() => {
    if (failed) useStore.getState().setView({ openStep: stage });
  }, [failed, stage]);
  useEffect(() => {
    if (open) root.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);

  return (
    <li
      ref={root}
      className={styles.step}
      data-open={open || undefined}
      data-stage={stage}
      data-milliseconds={milliseconds}
      data-peak-bytes={peakBytes}
    >
      <StepHead {...{ stage, number, open, bodyId }} />
      {open && (
        <div id={bodyId} className={styles.body}>
          <StepBody stage={stage} />
        </div>
      )}
    </li>
  );
}
