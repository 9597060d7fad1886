import { Download, FolderOpen } from 'lucide-react';
import type { StageName } from '#pipeline/parameters.ts';
import { stageOf, upstreamOf } from '#pipeline/stages.ts';
import { nextAction } from '#state/actions/nextAction.ts';
import { isFresh } from '#state/actions/run.ts';
import { useStore } from '#state/store.ts';
import { CalculationsButton } from '../calculations/CalculationsButton.tsx';
import { Button } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { usePackage } from '../hooks/usePackage.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { MATRIX_FILES, SNAPSHOT_FILES } from '../words/files.ts';
import { count } from '../words/numbers.ts';
import { ImportButtons, ImportHint } from './ImportEnergies.tsx';
import styles from './Step.module.css';

/** Run or cancel, and what else belongs to this step. */
export function StepActions({ stage }: { readonly stage: StageName }) {
  const workbench = useWorkbench();
  const pack = usePackage();
  const action = useStore(nextAction);
  const running = useStore((store) => store.job?.stage === stage);
  const busy = useStore((store) => store.job !== null);
  const fresh = useStore((store) => isFresh(store, stage));
  const loaded = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  const picks = useStore((store) => store.parameters.count);
  const fromFile = useStore((store) => stage === 'energies' && store.parameters.labelColumn === null);
  const taken = useStore((store) => store.stages[stage].fingerprint !== undefined || store.refusedTable !== null);
  const first = useStore((store) =>
    store.stages.snapshot.fingerprint === undefined
      ? ''
      : upstreamOf(stage)
          .filter((need) => !isFresh(store, need))
          .map((need) => stageOf(need).title)
          .join(', '),
  );

  if (running) {
    return (
      <div className={styles.actions}>
        <Button onClick={() => workbench.cancel()}>Cancel</Button>
      </div>
    );
  }
  const look = action.kind === 'stage' && action.stage === stage ? 'filled' : 'outlined';
  const verb = stage === 'select' ? `Select ${count(picks)} atoms` : stageOf(stage).verb;
  return (
    <>
      <div className={styles.actions}>
        {stage === 'snapshot' && (
          <FileButton
            accept={SNAPSHOT_FILES}
            disabled={busy}
            onFile={(file) => void workbench.open({ name: file.name, blob: file })}
          >
            <FolderOpen aria-hidden />
            Open…
          </FileButton>
        )}
        {stage === 'energies' && (
          <ImportButtons look={action.kind === 'energies' ? 'filled' : 'outlined'} disabled={busy || !loaded} />
        )}
        {(stage === 'snapshot' ? loaded && !fresh : !fromFile || taken) && (
          <Button
            look={look}
            disabled={busy || !loaded || fresh}
            title={fresh ? 'Up to date' : ''}
            onClick={() => void workbench.run(stage)}
          >
            {stage === 'snapshot' ? 'Read again' : verb}
          </Button>
        )}
        {stage === 'descriptor' && (
          <FileButton
            accept={MATRIX_FILES}
            disabled={busy || !loaded}
            title="In place of SOAP: descriptors of another program, a NumPy matrix (.npy, .npz) of one row an atom"
            onFile={(file) => void workbench.describeFrom({ name: file.name, blob: file })}
          >
            <FolderOpen aria-hidden />
            Read a matrix…
          </FileButton>
        )}
        {stage === 'replicas' && (
          <Button disabled={!fresh || busy} onClick={() => void pack('replicas')}>
            <Download aria-hidden />
            Export (zip)
          </Button>
        )}
        {stage === 'replicas' && <CalculationsButton disabled={!fresh || busy} />}
      </div>
      {first && !busy && <p className={styles.quiet}>Runs {first} first.</p>}
      {fromFile && <ImportHint />}
    </>
  );
}
