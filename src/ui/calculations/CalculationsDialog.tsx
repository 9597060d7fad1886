import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toFailure } from '#data/errors.ts';
import type { CalculationRequest } from '#pipeline/calculationRequest.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { download, stemOf } from '../hooks/download.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { plural } from '../words/numbers.ts';
import { failureWords } from '../words/sentences.ts';
import styles from './Calculations.module.css';
import { EngineFields } from './EngineFields.tsx';
import { JobPane } from './JobPane.tsx';
import { type PackageChoice, useEngineInput } from './useEngineInput.ts';
import { useJob } from './useJob.ts';

/** The first pick: a cell with a seam, unlike the bulk cell. */
const FIRST_PICK = 1;

/** Everything that is needed to compute the chosen cells elsewhere: program, settings, inputs, and one look at each cell. */
export function CalculationsDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const jobs = useStore((store) => store.stages.replicas.summary?.jobs) ?? [];
  const [rank, setRank] = useState(Math.min(FIRST_PICK, jobs.length - 1));
  const probes = useStore((store) => store.probes);
  const { job, problem: jobProblem } = useJob(rank);
  const { choice, writer, files, problem } = useEngineInput(job?.structure ?? null);
  const { save, saving, failed } = useSave(choice, probes);
  useEffect(() => dialog.current?.showModal(), []);
  const sentence = problem || jobProblem || failed;
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="calculations-title" onClose={onClose}>
      <div className={styles.head}>
        <h2 id="calculations-title">Calculations</h2>
        <span className={styles.soft}>A package that runs on any cluster with nothing installed but the program</span>
        <IconButton label="Close" onClick={() => dialog.current?.close()}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className={styles.body}>
        <EngineFields writer={writer} />
        <JobPane {...{ writer, jobs, rank, setRank, job, files }} />
      </div>
      <div className={styles.foot}>
        <p role="status" className={sentence ? styles.problem : styles.soft}>
          {sentence ||
            (saving
              ? 'Writing the package…'
              : `${plural(jobs.length + (probes ? 2 : 0), 'calculation')} with ${writer.code}`)}
        </p>
        <Button look="filled" disabled={problem !== ''} aria-disabled={saving} onClick={() => saving || save()}>
          Save package (.zip)
        </Button>
      </div>
    </dialog>
  );
}

async function requestOf({ potential, ...choice }: PackageChoice, probes: boolean): Promise<CalculationRequest> {
  const text = await potential?.blob.text();
  return { ...choice, potential: potential && { name: potential.name, text: text ?? '' }, ids: null, probes };
}

function useSave(choice: PackageChoice, probes: boolean) {
  const workbench = useWorkbench();
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState('');
  const save = async () => {
    setSaving(true);
    setFailed('');
    try {
      const zip = await workbench.packCalculations(await requestOf(choice, probes));
      download(zip, `${stemOf(useStore.getState().stages.snapshot.summary?.name ?? '')}-${choice.engine}.zip`);
    } catch (thrown) {
      setFailed(failureWords(toFailure(thrown)));
    } finally {
      setSaving(false);
    }
  };
  return { save, saving, failed };
}
