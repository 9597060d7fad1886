import { useEffect, useState } from 'react';
import type { JobInspection } from '#campaign/inspectCell.ts';
import { toFailure } from '#data/errors.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { failureWords } from '../words/sentences.ts';

/** A job by its rank, as the compute side has it; while another is fetched the one before stands. */
export function useJob(rank: number): { readonly job: JobInspection | null; readonly problem: string } {
  const workbench = useWorkbench();
  const [job, setJob] = useState<JobInspection | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let wanted = true;
    workbench.inspectJob(rank).then(
      (found) => {
        if (!wanted) return;
        setJob(found);
        setProblem('');
      },
      (thrown: unknown) => wanted && setProblem(failureWords(toFailure(thrown))),
    );
    return () => {
      wanted = false;
    };
  }, [workbench, rank]);
  return { job, problem };
}
