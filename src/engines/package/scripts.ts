import type { EngineFacts } from '../input.ts';
import collect from './files/collect.py?raw';
import readOutputs from './files/read_outputs.py?raw';
import resubmitFailed from './files/resubmit_failed.sh?raw';
import runJob from './files/run_job.sh?raw';
import runLocal from './files/run_local.sh?raw';
import snakefile from './files/Snakefile?raw';
import status from './files/status.sh?raw';
import submitPbs from './files/submit_pbs.sh?raw';
import submitSlurm from './files/submit_slurm.sh?raw';

export interface Script {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** The scripts of a package, the run line of the engine in its place. */
export function writeScripts({ command, outputs }: EngineFacts): Script[] {
  // A function, since a replacement text gives `$&` a meaning.
  const run = runJob.replace('@COMMAND@', () => command).replace('@OUTPUTS@', () => outputs.join(' '));
  return [
    { path: 'run_job.sh', text: run, executable: true },
    { path: 'run_local.sh', text: runLocal, executable: true },
    { path: 'submit_slurm.sh', text: submitSlurm, executable: true },
    { path: 'submit_pbs.sh', text: submitPbs, executable: true },
    { path: 'status.sh', text: status, executable: true },
    { path: 'resubmit_failed.sh', text: resubmitFailed, executable: true },
    { path: 'collect.py', text: collect, executable: true },
    { path: 'read_outputs.py', text: readOutputs, executable: false },
    { path: 'Snakefile', text: snakefile, executable: false },
  ];
}
