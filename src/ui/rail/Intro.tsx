import { X } from 'lucide-react';
import { useState } from 'react';
import { nextAction } from '#state/actions/nextAction.ts';
import { isFresh } from '#state/actions/run.ts';
import { remembered } from '#state/remembered.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import styles from './Rail.module.css';

const SEEN = 'introSeen';

/** What a first visitor sees, in one sentence, and the one button that shows everything. */
export function Intro() {
  const workbench = useWorkbench();
  const handles = useHandles();
  const [seen, setSeen] = useState(() => remembered.getItem(SEEN) !== null);
  const [asked, setAsked] = useState(false);
  const sample = useStore((store) => store.sample);
  const loaded = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  const toModel = useStore(
    (store) => store.sample || store.parameters.labelColumn !== null || store.parameters.potential !== null,
  );
  const next = useStore((store) => nextAction(store).kind === 'loop');
  const busy = useStore((store) => store.job !== null && store.job.stage !== 'structure');
  const finished = useStore((store) => isFresh(store, toModel ? 'model' : 'replicas'));

  const dismiss = () => {
    remembered.setItem(SEEN, 'yes');
    setSeen(true);
  };
  const run = async () => {
    setAsked(true);
    // It stays on the page for now: nothing should jump when the results come.
    if (await workbench.runWholeLoop()) remembered.setItem(SEEN, 'yes');
    setAsked(false);
  };

  return (
    <div className={styles.intro}>
      {sample && !seen && (
        <div className={styles.introText}>
          <p>
            You see a relaxed polycrystal of iron: <strong>BCC</strong> atoms are the grains, <strong>OTH</strong> atoms
            the boundaries between them.
          </p>
          <IconButton label="Do not show this again" onClick={dismiss}>
            <X aria-hidden />
          </IconButton>
        </div>
      )}
      <Button
        look={next && !asked ? 'filled' : 'outlined'}
        disabled={!loaded || busy || asked || finished}
        onClick={run}
        title={toModel ? 'Every step, from the atoms to predicted energies' : 'Every step up to the replica cells'}
      >
        {toModel ? 'Run the whole loop' : 'Run up to replica cells'}
      </Button>
      {sample && !seen && (
        <Button
          disabled={!loaded}
          title="The method, step by step, on this sample"
          onClick={() => handles.page?.startTour()}
        >
          Take the tour
        </Button>
      )}
    </div>
  );
}
