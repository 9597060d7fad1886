import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Refusal } from '#data/errors.ts';
import { ironCell } from '#tests/packageFolder.ts';
import type { EngineFacts } from '../input.ts';
import { OUTPUT_READERS } from '../readers.ts';
import { type PackageJob, packageFiles } from './packageFiles.ts';

const ENGINE: EngineFacts = {
  code: 'CP2K',
  versions: '2024.1 or later',
  partition: 'mulliken',
  atomicEnergies: true,
  energyNote: 'Energies of atoms.',
  // `$&` and `$1` mean something in a replacement text.
  command: 'echo "$& $1" && cp2k.psmp -i cell.inp -o cell.out',
  outputs: ['cell.out'],
  supplies: ['The file GTH_POTENTIALS.'],
};
const SNAPSHOT = { name: 'fe.dump', sha256: 'ab'.repeat(32), frame: 0 };
const inputs = [{ path: 'cell.inp', text: '&GLOBAL\n' }];
const BULK: PackageJob = { rank: 0, id: 0, role: 'bulk', structure: ironCell(3, [[1, 1, 1]]), inputs };
const FIRST: PackageJob = { ...BULK, rank: 1, id: 483921, role: 'train+random1' };

function write(jobs: readonly PackageJob[], engine: Partial<EngineFacts> = {}) {
  return [...packageFiles({ engine: { ...ENGINE, ...engine }, snapshot: SNAPSHOT, settings: { seed: 1 }, jobs })];
}

test('a package holds its jobs, scripts, list, manifest and readme, and the scripts are executable', () => {
  const files = write([BULK, FIRST]);
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? '';
  expect(files.map(({ path, executable }) => `${path}${executable ? '*' : ''}`)).toEqual([
    'jobs/0000_bulk/cell.inp',
    'jobs/0000_bulk/structure.extxyz',
    'jobs/0001_id483921/cell.inp',
    'jobs/0001_id483921/structure.extxyz',
    'run_job.sh*',
    'run_local.sh*',
    'submit_slurm.sh*',
    'submit_pbs.sh*',
    'status.sh*',
    'resubmit_failed.sh*',
    'collect.py*',
    'read_outputs.py',
    'Snakefile',
    'jobs.txt',
    'manifest.json',
    'README.txt',
  ]);
  expect(text('jobs.txt')).toBe('jobs/0000_bulk\njobs/0001_id483921\n');
  expect(
    text('run_job.sh')
      .match(/^ {2}echo .*$/m)?.[0]
      .trim(),
  ).toBe(ENGINE.command);
  expect(text('run_job.sh')).toContain('outputs=(cell.out)');
  expect(text('README.txt')).toContain('- The file GTH_POTENTIALS.');
  const manifest = JSON.parse(text('manifest.json'));
  expect(manifest).toMatchObject({ snapshot: SNAPSHOT, settings: { seed: 1 }, engine: { partition: 'mulliken' } });
  expect(manifest.jobs[1]).toEqual({
    rank: 1,
    id: 483921,
    role: 'train+random1',
    directory: 'jobs/0001_id483921',
    natoms: 1,
    cell: [3, 0, 0, 0, 3, 0, 0, 0, 3],
    inputs: {
      'cell.inp': createHash('sha256').update('&GLOBAL\n').digest('hex'),
      'structure.extxyz': createHash('sha256').update(text('jobs/0001_id483921/structure.extxyz')).digest('hex'),
    },
  });
});

test.each<[string, () => unknown]>([
  ['two jobs of one rank and id', () => write([FIRST, FIRST])],
  ['an input outside its folder', () => write([{ ...FIRST, inputs: [{ path: '../cell.inp', text: '' }] }])],
  ['an input named as a mark', () => write([{ ...FIRST, inputs: [{ path: 'DONE', text: '' }] }])],
  ['an input named as the output', () => write([{ ...FIRST, inputs: [{ path: 'cell.out', text: '' }] }])],
  ['one input twice', () => write([{ ...FIRST, inputs: [...inputs, ...inputs] }])],
  ['a command of two lines', () => write([FIRST], { command: 'a\nb' })],
  ['an output with a space', () => write([FIRST], { outputs: ['cell out'] })],
])('refused: %s', (_, attempt) => {
  expect(attempt).toThrow(Refusal);
});

test('no file of a package looks like the output of a program', () => {
  for (const { path, text } of write([BULK]).filter((file) => !file.path.endsWith('.extxyz'))) {
    expect(
      OUTPUT_READERS.filter((reader) => reader.recognises(text)).map(({ code }) => code),
      path,
    ).toEqual([]);
  }
});

test('every script says in three lines what it does, how it is called and what it needs', () => {
  for (const { path, text } of write([BULK]).filter(({ path }) => /\.(sh|py)$|^Snakefile$/.test(path))) {
    expect(text, path).toMatch(/\n?.*\w.*\n(# )?Call: .*\n(# )?Needs: /);
  }
});
