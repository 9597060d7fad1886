import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { stageOf } from '#pipeline/stages.ts';
import { isFresh } from '#state/actions/run.ts';
import type { Workbench } from '#state/actions/workbench.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { progressWords } from '../words/jobWords.ts';
import { PLAIN_VIEW, TOUR, type TourStep } from './steps.ts';
import styles from './Tour.module.css';

/** The argument of the method, told on the sample below the picture. Stages run as the steps need them. */
export function Tour({ at, onGo }: { readonly at: number; readonly onGo: (to: number | null) => void }) {
  const workbench = useWorkbench();
  const handles = useHandles();
  const panel = useRef<HTMLElement>(null);
  const step = TOUR[at]!;
  const [failed, setFailed] = useState(false);
  const ready = useStore((store) => isFresh(store, step.needs));
  const job = useStore((store) => store.job);
  const text = useStore((store) => (isFresh(store, step.needs) ? step.text(store) : null));

  useEffect(() => {
    let wanted = true;
    setFailed(false);
    void bring(workbench, step).then((done) => {
      if (!wanted) return;
      setFailed(!done);
      if (done) useStore.setState({ ...PLAIN_VIEW, ...step.view });
      if (done && at === 0) handles.atoms?.viewAlong('iso');
    });
    return () => {
      wanted = false;
    };
  }, [workbench, handles, step, at]);

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    panel.current?.focus();
    // The plots take the room of the lists below them: see App.module.css.
    document.documentElement.dataset.tour = '';
    return () => {
      delete document.documentElement.dataset.tour;
      before?.focus();
    };
  }, []);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { target, key } = event;
      // In the picture and in fields arrows have a meaning of their own.
      const ours = target === document.body || panel.current?.contains(target as Node);
      if (!ours || event.ctrlKey || event.metaKey || event.altKey) return;
      // Space on a button presses that button.
      const onward = key === 'ArrowRight' || (key === ' ' && !(target instanceof HTMLButtonElement));
      if (key === 'Escape') onGo(null);
      else if (onward) ready && onGo(Math.min(at + 1, TOUR.length - 1));
      else if (key === 'ArrowLeft') onGo(Math.max(at - 1, 0));
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed, true);
    return () => removeEventListener('keydown', pressed, true);
  }, [at, ready, onGo]);

  const last = at === TOUR.length - 1;
  return (
    <section ref={panel} className={styles.tour} aria-label="Tour" tabIndex={-1}>
      <div className={styles.words} aria-live="polite">
        <h2>{step.title}</h2>
        {text === null ? (
          <p className={styles.waiting}>
            {failed
              ? `${stageOf(step.needs).title} could not be computed; the step on the left says why.`
              : `Computing on this machine: ${job ? `${stageOf(job.stage).title}, ${progressWords(job)}` : '…'}`}
          </p>
        ) : (
          <p>{text}</p>
        )}
      </div>
      <div className={styles.buttons}>
        <span className={styles.place}>
          {at + 1} of {TOUR.length}
        </span>
        <IconButton label="Back (←)" aria-disabled={at === 0} onClick={() => onGo(Math.max(at - 1, 0))}>
          <ArrowLeft aria-hidden />
        </IconButton>
        <Button
          look="outlined"
          title="Space or →"
          aria-disabled={!ready}
          onClick={() => ready && onGo(last ? null : at + 1)}
        >
          {last ? 'Finish' : 'Next'}
          {!last && <ArrowRight aria-hidden />}
        </Button>
        <IconButton label="End the tour (Esc)" onClick={() => onGo(null)}>
          <X aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}

/** From the energies on, the whole loop: the sample brings its own. */
async function bring(workbench: Workbench, { needs }: TourStep): Promise<boolean> {
  if (isFresh(useStore.getState(), needs)) return true;
  return needs === 'model' ? workbench.runWholeLoop() : workbench.run(needs);
}
