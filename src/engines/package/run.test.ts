import { chmodSync, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasShell, ironCell, packageFolder, withShell } from '#tests/packageFolder.ts';
import type { EngineFacts } from '../input.ts';
import type { PackageJob } from './packageFiles.ts';

/** Writes an extended XYZ with the energy of its input; fails as long as a file `trip` lies in the folder. */
const FAKE: EngineFacts = {
  code: 'Fake',
  versions: '1.0',
  partition: 'bader',
  atomicEnergies: true,
  energyNote: 'Energies of atoms.',
  command: 'cat cell.in >>cell.out; if [ -e trip ]; then rm trip; exit 7; fi',
  outputs: ['cell.out'],
  supplies: ['Patience.'],
};
const POINTS = [
  [1, 1, 1],
  [2, 2.5, 2],
];

function job(rank: number, energy: number): PackageJob {
  const text =
    `2\nLattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:atomic_energy:R:1 energy=${energy + 1}\n` +
    `Fe 1 1 1 ${energy}\nFe 2 2.5 2 1\n`;
  return {
    rank,
    id: rank === 0 ? 0 : 1000 + rank,
    role: rank === 0 ? 'bulk' : 'train+test',
    structure: ironCell(4, POINTS),
    inputs: [{ path: 'cell.in', text }],
  };
}
const JOBS = [job(0, -4.5), job(1, -4.25), job(2, -4.125), job(3, -4)];
const FIRST = 'jobs/0001_id1001';

describe.skipIf(!hasShell)(withShell('a package that is run'), () => {
  test('all jobs, two at a time; a second run does nothing', () => {
    const folder = packageFolder(FAKE, JOBS);
    expect(folder.run('bash', 'status.sh')).toMatchObject({ code: 3 });
    expect(folder.run('bash', 'run_local.sh', '-j', '2')).toEqual({
      code: 0,
      out: 'done 4, failed 0, running 0, missing 0\n',
    });
    const before = statSync(join(folder.path, FIRST, 'cell.out')).mtimeMs;
    expect(folder.run('bash', 'run_local.sh', '-j2').code).toBe(0);
    expect(statSync(join(folder.path, FIRST, 'cell.out')).mtimeMs).toBe(before);
    expect(folder.run('python3', 'collect.py')).toMatchObject({ code: 0 });
    expect(folder.read('results.csv')).toBe(
      'rank,id,directory,role,energy,unit,code,partition,status\n' +
        '0,0,jobs/0000_bulk,bulk,-4.500000000,eV,extxyz,bader,ok\n' +
        '1,1001,jobs/0001_id1001,train+test,-4.250000000,eV,extxyz,bader,ok\n' +
        '2,1002,jobs/0002_id1002,train+test,-4.125000000,eV,extxyz,bader,ok\n' +
        '3,1003,jobs/0003_id1003,train+test,-4.000000000,eV,extxyz,bader,ok\n',
    );
    const lines = folder.read('results.extxyz').split('\n');
    expect(lines).toHaveLength(17);
    expect(lines[1]).toContain('Properties=species:S:1:pos:R:3:atomic_energy:R:1');
    expect(lines[2]).toBe('Fe 1 1 1 -4.500000000');
    const first = folder.read('results.extxyz');
    folder.run('python3', 'collect.py');
    expect(folder.read('results.extxyz')).toBe(first);
  });

  test('a job that fails is told, and succeeds when submitted again; its first output is kept', () => {
    const folder = packageFolder(FAKE, JOBS);
    folder.write(`${FIRST}/trip`, '');
    const run = folder.run('bash', 'run_local.sh', '-j', '2');
    expect(run.code).toBe(3);
    expect(run.out).toContain('done 3, failed 1, running 0, missing 0');
    expect(folder.read(`${FIRST}/FAILED`)).toMatch(/^exit 7 at \d{4}-.*Z on /);
    expect(folder.run('python3', 'collect.py').code).toBe(3);
    expect(folder.results().get(FIRST)).toMatchObject({
      energy: '',
      unit: 'eV',
      status: expect.stringMatching(/^failed: exit 7 at /),
    });
    expect(folder.run('bash', 'resubmit_failed.sh', 'local', '-j', '2')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder.path, FIRST, 'FAILED'))).toBe(false);
    expect(folder.read(`${FIRST}/cell.out.1`)).toBe(folder.read(`${FIRST}/cell.out`));
    expect(folder.run('python3', 'collect.py').code).toBe(0);
    expect(folder.run('bash', 'resubmit_failed.sh', 'local')).toEqual({ code: 0, out: 'Nothing has failed.\n' });
  });

  test('a program that ends well without an output has failed', () => {
    const folder = packageFolder({ ...FAKE, command: 'true' }, JOBS.slice(0, 1));
    expect(folder.run('bash', 'run_local.sh').code).toBe(3);
    expect(folder.read('jobs/0000_bulk/FAILED')).toMatch(/^exit 0 without cell.out/);
  });

  test('a job that runs elsewhere is left alone; one that was killed outright is run again when asked', () => {
    const folder = packageFolder(FAKE, JOBS);
    folder.write(`${FIRST}/RUNNING`, 'far-away 1 2026-11-22T00:00:00Z\n');
    const run = folder.run('bash', 'run_local.sh');
    expect(run.out).toContain('is running on far-away since 2026-11-22T00:00:00Z');
    expect(run.out).toContain('done 3, failed 0, running 1, missing 0');
    folder.run('python3', 'collect.py');
    expect(folder.results().get(FIRST)?.status).toBe('running, or killed');
    expect(folder.run('bash', 'resubmit_failed.sh', '--killed', 'local').code).toBe(0);
  });

  test('a signal stops the program and leaves FAILED', () => {
    const command = 'sh -c "echo begun >cell.out; sleep 30; echo late >>cell.out"';
    const folder = packageFolder({ ...FAKE, command }, JOBS.slice(0, 1));
    const script =
      'bash run_job.sh jobs/0000_bulk & pid=$!; ' +
      'until [ -e jobs/0000_bulk/cell.out ]; do sleep 0.1; done; kill -TERM $pid; wait $pid';
    const started = performance.now();
    expect(folder.run('bash', '-c', script).code).toBe(1);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(folder.read('jobs/0000_bulk/FAILED')).toMatch(/^stopped by a signal/);
    expect(existsSync(join(folder.path, 'jobs/0000_bulk/RUNNING'))).toBe(false);
  });

  test('Slurm gets the lines of jobs.txt that are not done, and runs them', () => {
    const folder = packageFolder(FAKE, JOBS, { PATH: `.${delimiter}${process.env.PATH}` });
    // What sbatch does, without a queue: the script is copied away and run once for every index.
    folder.write(
      'sbatch',
      `#!/usr/bin/env bash
set -eu
echo "sbatch $*"
for word; do
  case $word in
    --array=*) array=\${word#--array=} ;;
    --chdir=*) cd "\${word#--chdir=}" ;;
    --export=ALL,*) export "\${word#--export=ALL,}" ;;
  esac
done
spool=$(mktemp); cp "\${!#}" "$spool"
for part in $(echo "\${array%\\%*}" | tr , ' '); do
  for k in $(seq "\${part%-*}" "\${part#*-}"); do SLURM_JOB_ID=1 SLURM_ARRAY_TASK_ID=$k bash "$spool" || true; done
done
rm "$spool"
`,
    );
    chmodSync(join(folder.path, 'sbatch'), 0o755);
    folder.write('jobs/0002_id1002/trip', '');
    const first = folder.run('bash', 'submit_slurm.sh', '-k', '3', '--partition=short');
    expect(first.out).toContain('sbatch --array=1-4%3');
    expect(first.out).toContain('--partition=short');
    expect(folder.run('bash', 'status.sh').out).toContain('done 3, failed 1');
    const again = folder.run('bash', 'resubmit_failed.sh');
    expect(again.out).toContain('sbatch --array=3%20');
    expect(folder.run('bash', 'status.sh').code).toBe(0);
    expect(folder.run('bash', 'submit_slurm.sh').out).toBe('Nothing to submit: all done.\n');
  });

  test('where nothing can be submitted, what failed has still failed', () => {
    const folder = packageFolder({ ...FAKE, command: 'false' }, JOBS.slice(0, 2), {
      PATH: `.${delimiter}${process.env.PATH}`,
    });
    folder.run('bash', 'run_local.sh');
    folder.write('sbatch', '#!/bin/sh\necho no such partition >&2\nexit 1\n');
    chmodSync(join(folder.path, 'sbatch'), 0o755);
    expect(folder.run('bash', 'resubmit_failed.sh', 'slurm').code).toBe(1);
    expect(folder.run('bash', 'status.sh').out).toContain('failed 2');
  });

  test('PBS gets a list of what is not done', () => {
    const folder = packageFolder(FAKE, JOBS, { PATH: `.${delimiter}${process.env.PATH}` });
    folder.write(
      'qsub',
      `#!/usr/bin/env bash
set -eu
echo "qsub $*"
range=1-1
while [ $# -gt 1 ]; do
  case $1 in
    -J) range=$2 ;;
    -v) export "$2" ;;
  esac
  shift
done
spool=$(mktemp); cp "$1" "$spool"; export PBS_O_WORKDIR=$PWD PBS_JOBID=1
cd /
for k in $(seq "\${range%-*}" "\${range#*-}"); do PBS_ARRAY_INDEX=$k bash "$spool" || true; done
rm "$spool"
`,
    );
    chmodSync(join(folder.path, 'qsub'), 0o755);
    folder.write('jobs/0002_id1002/trip', '');
    expect(folder.run('bash', 'submit_pbs.sh').out).toMatch(/^qsub -J 1-4 -v REPLICAS_TODO=pbs_\S+\.txt submit_pbs.sh/);
    expect(folder.run('bash', 'status.sh').out).toContain('done 3, failed 1');
    expect(folder.run('bash', 'resubmit_failed.sh', 'pbs').out).toMatch(/qsub -v REPLICAS_TODO=/);
    expect(folder.run('bash', 'status.sh').code).toBe(0);
  });
});
