import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BUILD_PATIENCE_MS,
  buildCli,
  type CliProgram,
  contentsOf,
  filesBelow,
  readTable,
  SNAPSHOT,
} from './cliProgram.ts';
import { ironPath } from './eamPotentials.ts';
import { hasLammps } from './lammps.ts';
import { hasShared, sharedPath } from './shared.ts';

let cli: CliProgram;
const inside = (path: string) => join(cli.folder, path);
const text = (path: string) => readFileSync(inside(path), 'utf8');
const json = (path: string) => JSON.parse(text(path));

beforeAll(async () => {
  cli = await buildCli();
  expect(cli.run('select', SNAPSHOT, '--out', 'results', '--count', '4', '--threads', '2')).toMatchObject({ code: 0 });
}, BUILD_PATIENCE_MS);
afterAll(() => cli.dispose());

describe('grainscope replicas --engine', () => {
  test('writes a package beside the results, whose replica stage stays with them', () => {
    const { code, stderr } = cli.run('replicas', 'results', '--engine', 'cp2k', '--probes', '--out', 'pack');
    expect(code).toBe(0);
    expect(stderr).toContain('Package    pack: 7 calculations with CP2K');
    const { jobs, settings } = json('pack/manifest.json');
    const ids = readTable(inside('results/selection.csv')).map(({ id }) => Number(id));
    expect(jobs.map(({ id }: { id: number }) => id)).toEqual([0, ...ids, ids[0], ids[0]]);
    expect(jobs.map(({ role }: { role: string }) => role)).toEqual(
      'bulk train train train train probe8 probe12'.split(' '),
    );
    expect(filesBelow(inside('pack/jobs/0000_bulk'))).toEqual(['cell.inp', 'structure.extxyz']);
    expect(statSync(inside('pack/run_local.sh')).mode & 0o111).toBe(0o111);
    expect(statSync(inside('pack/read_outputs.py')).mode & 0o111).toBe(0);
    expect(settings.run.stages.replicas).toBeDefined();
    expect(json('results/manifest.json').stages.replicas).toBeDefined();
    expect(filesBelow(inside('pack')).filter((path) => /results|selection/.test(path))).toEqual([]);
  });

  test('a name that ends in .zip becomes a zip with the same files and the modes of scripts', () => {
    const { code } = cli.run('replicas', 'results', '--engine', 'cp2k', '--probes', '--out', 'pack.zip');
    expect(code).toBe(0);
    const zip = unzipSync(readFileSync(inside('pack.zip')));
    expect(Object.keys(zip).sort()).toEqual(filesBelow(inside('pack')));
    for (const path of Object.keys(zip).filter((name) => name !== 'manifest.json')) {
      expect(strFromU8(zip[path]!), path).toBe(text(`pack/${path}`));
    }
    const listed = execFileSync('python3', [
      '-c',
      'import zipfile,sys\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(oct(i.external_attr>>16), i.filename)',
      inside('pack.zip'),
    ]).toString();
    expect(listed).toContain('0o100755 run_local.sh');
  });

  test('templates and settings are those that are given', () => {
    mkdirSync(inside('mine'), { recursive: true });
    writeFileSync(inside('mine/cell.in'), 'mine: {{cutoffRy}} Ry, {{kMesh}}\n');
    const args = ['--engine', 'qe', '--energy-density-code', '--template', 'mine/cell.in', '--set', 'cutoff=680.2847'];
    expect(cli.run('replicas', 'results', ...args, '--set', 'kSpacing=0.2', '--out', 'qe').code).toBe(0);
    expect(text('qe/jobs/0000_bulk/cell.in')).toBe('mine: 50 Ry, 4 4 4\n');
    expect(json('qe/manifest.json').settings.input).toMatchObject({ values: { cutoff: 680.2847 } });
  });

  test.each([
    ['VASP without the word', ['--engine', 'vasp'], /VASP gives the energy of a whole cell only: say that you have/],
    ['LAMMPS without a potential', ['--engine', 'lammps'], /LAMMPS needs a potential file \(--potential\)/],
    ['another engine', ['--engine', 'gaussian'], /Allowed choices are cp2k, openmx, lammps, vasp, qe/],
    ['an unknown setting', ['--engine', 'cp2k', '--set', 'colour=red'], /CP2K has no setting colour/],
    ['a setting without a value', ['--engine', 'cp2k', '--set', 'colour'], /Expected key=value/],
    ['ids without an engine', ['--ids', 'results/selection.csv'], /--ids belongs to a package of calculations/],
    ['probes without an engine', ['--probes'], /--probes belongs to a package/],
  ])('refuses %s', (_, args, sentence) => {
    const before = contentsOf(inside('results'));
    const { code, stderr } = cli.run('replicas', 'results', ...args, '--out', 'refused');
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(contentsOf(inside('results'))).toEqual(before);
    expect(filesBelow(cli.folder).filter((path) => path.startsWith('refused'))).toEqual([]);
  });

  test('refuses a folder that is not empty, the results themselves, and no place at all', () => {
    const said = (...args: string[]) => cli.run('replicas', 'results', '--engine', 'cp2k', ...args).stderr;
    expect(said('--out', 'mine')).toContain('--out mine is not empty: name a new folder.');
    expect(said('--out', 'results')).toContain('--out results holds the results: name a folder for the package.');
    expect(said()).toContain('Where does the package go? Name a folder or a .zip with --out.');
  });

  test('named atoms of a snapshot need no selection', () => {
    writeFileSync(inside('ids.txt'), '700\n12\n');
    const args = ['--engine', 'cp2k', '--ids', 'ids.txt', '--json', '--out', 'named', '--seam', 'all-pairs'];
    const { code, stdout } = cli.run('replicas', SNAPSHOT, ...args);
    expect({ code, said: JSON.parse(stdout) }).toEqual({
      code: 0,
      said: { package: 'named', engine: 'cp2k', calculations: 3 },
    });
    const { jobs, settings } = json('named/manifest.json');
    expect(jobs.map(({ id, role }: never) => [id, role])).toEqual([
      [0, 'bulk'],
      [700, 'train'],
      [12, 'train'],
    ]);
    expect(Object.keys(settings.run.stages)).toEqual(['snapshot', 'structure']);
    expect(settings).toMatchObject({ ids: [700, 12], run: { parameters: { seam: 'all-pairs' } } });
  });

  const canRun = hasShared && hasLammps && ironPath !== null;
  test.skipIf(!canRun)(
    `LAMMPS finds the energies of the reference${canRun ? '' : ' (skipped: no ../shared or lmp)'}`,
    () => {
      type Known = { id: number; n: number; e_replica: number };
      const known: Known[] = JSON.parse(readFileSync(sharedPath('reference/dft/lammps/manifest.json'), 'utf8'));
      writeFileSync(
        inside('twenty.txt'),
        known
          .slice(0, 20)
          .map(({ id }) => `${id}\n`)
          .join(''),
      );
      const args = ['--engine', 'lammps', '--potential', ironPath!, '--ids', 'twenty.txt', '--seam', 'all-pairs'];
      expect(cli.run('replicas', sharedPath('data/fe-gb-16k.dump.gz'), ...args, '--out', 'lmp').code).toBe(0);
      expect(filesBelow(inside('lmp')).filter((path) => path.endsWith(basename(ironPath!)))).toEqual([
        basename(ironPath!),
      ]);
      execFileSync('bash', [inside('lmp/run_local.sh'), '-j', '2']);
      execFileSync('python3', [inside('lmp/collect.py')]);
      const found = new Map(readTable(inside('lmp/results.csv')).map(({ id, energy }) => [Number(id), Number(energy)]));
      const worst = Math.max(...known.slice(0, 20).map(({ id, e_replica }) => Math.abs(found.get(id)! - e_replica)));
      console.info(`largest difference from LAMMPS as it was recorded: ${worst} eV`);
      expect(worst).toBeLessThan(1e-4);
    },
    BUILD_PATIENCE_MS,
  );

  test.skipIf(!(hasLammps && ironPath))('what comes back trains the model, but for the probes', () => {
    const args = [
      '--engine',
      'lammps',
      '--potential',
      ironPath!,
      '--probes',
      '--replica-edge',
      '9.5',
      '--out',
      'there',
    ];
    expect(cli.run('replicas', 'results', ...args).code).toBe(0);
    execFileSync('bash', [inside('there/run_local.sh'), '-j', '2']);
    execFileSync('python3', [inside('there/collect.py')]);
    const rows = readTable(inside('there/results.csv'));
    expect(rows.map(({ role, status }) => [role, status])).toEqual(
      'bulk train train train train probe8 probe12'.split(' ').map((role) => [role, 'ok']),
    );
    for (const energies of ['there', 'there/results.csv']) {
      const { code, stderr, stdout } = cli.run('fit', 'results', '--energies', energies, '--json');
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const { energies: joined, model } = JSON.parse(stdout).stages;
      expect([joined.labelled, joined.missing, model.trained]).toEqual([4, [], 4]);
      const warnings = JSON.stringify(joined.warnings);
      expect(warnings).toMatch(/\d convergence probes are no energies of the campaign/);
      expect(warnings).not.toContain('read_outputs.py');
    }
  });
});
