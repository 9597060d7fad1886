import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILD_PATIENCE_MS, buildCli, type CliProgram, readTable, SNAPSHOT } from './cliProgram.ts';

const SHIPPED = fileURLToPath(new URL('../public/fe-fs1984.eam.fs', import.meta.url));
const PICKS = ['--count', '40', '--elements', 'Fe'];

let cli: CliProgram;
const inside = (path: string) => join(cli.folder, path);
const text = (path: string) => readFileSync(inside(path), 'utf8');

/** A run that must succeed, and what it says of its stages. */
function stages(...args: string[]) {
  const { code, stdout, stderr } = cli.run(...args, '--json');
  expect(stderr.replace(/^.*\r/gms, '')).not.toMatch(/grainscope: /);
  expect(code).toBe(0);
  return JSON.parse(stdout).stages;
}

beforeAll(async () => {
  cli = await buildCli();
  copyFileSync(SNAPSHOT, inside('iron.dump.gz'));
  copyFileSync(SHIPPED, inside('Fe.eam.fs'));
}, BUILD_PATIENCE_MS);
afterAll(() => cli.dispose());

test('one command closes the loop: cells, energies by the potential, model; on one thread and on four the same', () => {
  const run = (threads: string) =>
    stages('run', 'iron.dump.gz', ...PICKS, '--potential', 'Fe.eam.fs', '--out', `out${threads}`, '--threads', threads);
  const [one, four] = [run('1'), run('4')];
  expect(four.energies.replicaCheck).toEqual(one.energies.replicaCheck);
  expect(four.energies).toMatchObject({ source: 'Fe.eam.fs', labelled: 40, missing: [] });
  expect(four.model.trained).toBe(40);
  expect(text('out4/energies.csv')).toBe(text('out1/energies.csv'));
  expect(text('out4/potential.eam.fs')).toBe(text('Fe.eam.fs'));

  const rows = readTable(inside('out1/energies.csv'));
  const jobs = readTable(inside('out1/jobs.csv'));
  expect(rows.map(({ rank, id, directory, role }) => [rank, id, directory, role])).toEqual(
    jobs.map(({ rank, id, directory, role }) => [rank, id, directory, role]),
  );
  expect(new Set(rows.map(({ unit, code, partition, status }) => `${unit} ${code} ${partition} ${status}`))).toEqual(
    new Set(['eV EAM classical ok']),
  );
  expect(JSON.parse(text('out1/manifest.json')).parameters.potential).toEqual({
    name: 'Fe.eam.fs',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a continued run has the potential from its folder, and cells cut otherwise are computed again', () => {
  const again = stages('fit', 'out1', '--out', 'again');
  const otherwise = stages('fit', 'out1', '--out', 'wide', '--seam', 'all-pairs', '--min-distance', '2.4');
  expect(again.energies.replicaCheck.inCell).not.toEqual(otherwise.energies.replicaCheck.inCell);
  expect(again.energies.replicaCheck.inPlace).toEqual(otherwise.energies.replicaCheck.inPlace);
  expect(text('again/energies.csv')).toBe(text('out1/energies.csv'));
  expect(existsSync(inside('wide/potential.eam.fs'))).toBe(true);

  writeFileSync(inside('again/potential.eam.fs'), text('Fe.eam.fs').replace('Grainscope', 'somebody'));
  expect(cli.run('fit', 'again').stderr).toContain('this is not the potential of the earlier run');
});

test('every atom in place by --label-column eam.energy; another source takes the place of the potential', () => {
  const { energies, model } = stages('fit', 'out4', '--label-column', 'eam.energy', '--threads', '4');
  stages('fit', 'out1', '--label-column', 'eam.energy', '--threads', '1');
  expect(readFileSync(inside('out4/energy.npy')).equals(readFileSync(inside('out1/energy.npy')))).toBe(true);
  expect(energies).toMatchObject({ labelled: 1982, source: 'every atom in place by Fe.eam.fs (EAM, not DFT)' });
  expect(model.evaluated).toBe(1982);
  expect(stages('fit', 'out4', '--label-column', 'c_pe').energies.source).toBe('column c_pe');
  expect(existsSync(inside('out4/potential.eam.fs'))).toBe(false);
  expect(JSON.parse(text('out4/manifest.json')).parameters.potential).toBeNull();
});

test('refused before anything is computed: a broken file, no file, two sources', () => {
  writeFileSync(inside('cut.eam.fs'), text('Fe.eam.fs').slice(0, 3000));
  const run = (...args: string[]) => cli.run('run', 'iron.dump.gz', '--out', 'none', ...args);
  const broken = run('--potential', 'cut.eam.fs');
  expect(broken.code).toBe(1);
  expect(broken.stderr).toMatch(/cut\.eam\.fs, line \d+: expected number \d+ of 2001 of F\(rho\) of Fe/);
  expect(run('--potential', 'nowhere.eam.fs').stderr).toContain('there is no such file');
  expect(run('--potential', 'Fe.eam.fs', '--label-column', 'c_pe').stderr).toContain(
    'Energies come from one source: name --potential or --label-column.',
  );
  expect(existsSync(inside('none'))).toBe(false);
});
