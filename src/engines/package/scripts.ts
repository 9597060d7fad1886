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

/** As they are in every package; `run_job.sh` has places for what the engine says. */
const TEMPLATES: readonly Script[] = [
  { path: 'run_job.sh', text: runJob, executable: true },
  { path: 'run_local.sh', text: runLocal, executable: true },
  { path: 'submit_slurm.sh', text: submitSlurm, executable: true },
  { path: 'submit_pbs.sh', text: submitPbs, executable: true },
  { path: 'status.sh', text: status, executable: true },
  { path: 'resubmit_failed.sh', text: resubmitFailed, executable: true },
  { path: 'collect.py', text: collect, executable: true },
  { path: 'read_outputs.py', text: readOutputs, executable: false },
  { path: 'Snakefile', text: snakefile, executable: false },
];

/** Names of the scripts of every package. */
export const SCRIPTS = TEMPLATES.map(({ path }) => path);

/** The scripts of a package, the run line of the engine in its place. */
export function writeScripts({ command, outputs }: EngineFacts): Script[] {
  return TEMPLATES.map((script) => ({
    ...script,
    // Functions, since a replacement text gives `$&` a meaning.
    text: script.text.replace('@COMMAND@', () => command).replace('@OUTPUTS@', () => outputs.join(' ')),
  }));
}
