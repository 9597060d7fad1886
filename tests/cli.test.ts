import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BCC } from '#chem/structureTypes.ts';
import type { DType } from '#data/column.ts';
import {
  BUILD_PATIENCE_MS,
  buildCli,
  type CliProgram,
  filesBelow,
  readArray,
  readTable,
  SNAPSHOT,
  SNAPSHOT_ATOMS,
} from './cliProgram.ts';
import { loadDump } from './loadDump.ts';

let cli: CliProgram;
const inside = (path: string) => join(cli.folder, path);
const idsIn = (path: string) => readTable(inside(path)).map((row) => Number(row.id));

/** The array in a file, its type and shape checked. */
function arrayIn(path: string, dtype: DType, shape: number[]) {
  const found = readArray(inside(path));
  expect([path, found.dtype, found.shape]).toEqual([path, dtype, shape]);
  return found.array;
}

beforeAll(async () => {
  cli = await buildCli();
  expect(cli.run('run', SNAPSHOT, '--out', 'plain', '--count', '40', '--threads', '2')).toMatchObject({ code: 0 });
  const labelled = ['--out', 'labelled', '--count', '40', '--label-column', 'c_pe', '--test-set', '--threads', '1'];
  expect(cli.run('run', SNAPSHOT, ...labelled)).toMatchObject({ code: 0 });
}, BUILD_PATIENCE_MS);
afterAll(() => cli.dispose());

describe('run', () => {
  test('writes arrays of every atom', () => {
    const { ids } = loadDump(SNAPSHOT);
    const N = SNAPSHOT_ATOMS;
    expect(arrayIn('plain/id.npy', 'uint32', [N])).toEqual(ids);
    expect(arrayIn('plain/structure_type.npy', 'uint8', [N])).toContain(3);
    expect(arrayIn('plain/coordination.npy', 'uint8', [N])).toContain(14);
    const d = readArray(inside('plain/explained_variance.npy')).array.length;
    expect(d).toBeGreaterThan(20);
    const variance = arrayIn('plain/explained_variance.npy', 'float64', [d]);
    arrayIn('plain/pca_mean.npy', 'float64', [386]);
    arrayIn('plain/pca_components.npy', 'float64', [d, 386]);
    const scores = arrayIn('plain/pca.npy', 'float32', [N, d]);
    // The variances say what the scores do.
    for (const component of [0, d - 1]) {
      let sum = 0;
      for (let row = 0; row < N; row++) sum += scores[row * d + component]! ** 2;
      expect(sum / (N - 1) / variance[component]!).toBeCloseTo(1, 4);
    }
  });

  test('writes the selection and a cell for each pick', () => {
    const rows = readTable(inside('plain/selection.csv'));
    expect(Object.keys(rows[0]!)).toEqual(['rank', 'id', 'structure_type', 'coordination', 'total_variance']);
    expect(rows.map((row) => Number(row.rank))).toEqual(Array.from({ length: 40 }, (_, k) => k + 1));
    const ids = idsIn('plain/selection.csv');
    expect(new Set(ids).size).toBe(40);
    const coordination = readArray(inside('plain/coordination.npy')).array;
    const allIds = readArray(inside('plain/id.npy')).array;
    for (const row of rows) {
      expect(Number(row.coordination)).toBe(coordination[allIds.indexOf(Number(row.id))]);
      expect(Number(row.total_variance)).toBeGreaterThan(0);
    }
    const jobs = readTable(inside('plain/jobs.csv'));
    expect(Object.keys(jobs[0]!)).toEqual(['rank', 'id', 'role', 'directory', 'natoms']);
    expect(jobs[0]).toMatchObject({ rank: '0', id: '0', role: 'bulk', directory: 'bulk' });
    expect(jobs.slice(1).map((job) => Number(job.id))).toEqual(ids);
    const cells = filesBelow(inside('plain')).filter((path) => /^(replicas|bulk)\//.test(path));
    const wanted = jobs.flatMap(({ directory }) =>
      ['POSCAR', 'replica.cif', 'replica.data', 'replica.extxyz'].map((file) => `${directory}/${file}`),
    );
    expect(cells).toEqual(wanted.sort());
    for (const { directory, natoms } of jobs) {
      const lines = readFileSync(inside(`plain/${directory}/replica.extxyz`), 'utf8')
        .trimEnd()
        .split('\n');
      expect([lines[0], lines.length]).toEqual([natoms, Number(natoms) + 2]);
    }
    expect(jobs[1]!.directory).toBe(`replicas/0001_id${ids[0]}`);
  });

  test('writes a manifest that says what was done, and nothing of a model', () => {
    const manifest = JSON.parse(readFileSync(inside('plain/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ schema: 1, snapshot: { name: 'fe-gb-2k.dump.gz', count: SNAPSHOT_ATOMS } });
    expect(manifest).toMatchObject({ parameters: { count: 40, criterion: 'ur' }, units: { energy: 'eV' } });
    expect(Object.keys(manifest.stages)).toEqual('snapshot structure descriptor pool select replicas'.split(' '));
    const model = /^(energy|model|learning|test_set|predictions)/;
    expect(filesBelow(inside('plain')).filter((path) => model.test(path) || path.endsWith('.part'))).toEqual([]);
  });

  test('with a label column writes the model', () => {
    const N = SNAPSHOT_ATOMS;
    const energy = arrayIn('labelled/energy.npy', 'float32', [N]);
    arrayIn('labelled/energy_sigma.npy', 'float32', [N]);
    const relative = arrayIn('labelled/energy_sigma_relative.npy', 'float32', [N]);
    expect(relative.every((value) => value > 0)).toBe(true);
    // Energies are relative to bulk: what the labels give after the bulk energy is added again.
    const model = JSON.parse(readFileSync(inside('labelled/model.json'), 'utf8'));
    const { energy: label } = loadDump(SNAPSHOT);
    const squares = label.reduce((sum, value, row) => sum + (energy[row]! + model.bulk_energy - value) ** 2, 0);
    const spread = label.reduce((sum, value) => sum + (value - model.bulk_energy) ** 2, 0);
    expect(Math.sqrt(squares / spread)).toBeLessThan(0.5);
    // The weights of model.json give energy.npy from pca.npy.
    const scores = readArray(inside('labelled/pca.npy'));
    const d = scores.shape[1]!;
    expect(model.weights).toHaveLength(d);
    for (const row of [0, 1000, N - 1]) {
      const sum = (model.weights as number[]).reduce((s, w, k) => s + w * scores.array[row * d + k]!, model.intercept);
      expect(energy[row]).toBeCloseTo(sum, 5);
    }
    const lines = readFileSync(inside('labelled/predictions.extxyz'), 'utf8').trimEnd().split('\n');
    expect([lines[0], lines.length]).toEqual([String(N), N + 2]);
  });

  test('draws the test set and curves of all strategies', () => {
    const tested = readTable(inside('labelled/test_set.csv'));
    const coordination = readArray(inside('labelled/coordination.npy')).array;
    for (let wanted = 11; wanted <= 18; wanted++) {
      const having = coordination.filter((value) => value === wanted).length;
      expect(tested.filter((row) => Number(row.coordination) === wanted)).toHaveLength(Math.min(10, having));
    }
    const chosen = new Set(idsIn('labelled/selection.csv'));
    expect(idsIn('labelled/test_set.csv').filter((id) => chosen.has(id))).toEqual([]);
    const points = readTable(inside('labelled/learning_curve.csv'));
    expect(Object.keys(points[0]!)).toEqual(['strategy', 'seed', 'n', 'rmse_eV', 'max_abs_error_eV']);
    const steps = (strategy: string, seed: string) =>
      points.filter((point) => point.strategy === strategy && point.seed === seed).map((point) => Number(point.n));
    for (const [strategy, seed] of [
      ['ur', '1'],
      ['random1', '1'],
      ['random1', '20'],
      ['random2', '20'],
    ] as const) {
      expect(steps(strategy, seed)).toEqual([10, 20, 30, 40]);
    }
    for (const point of points) {
      expect(Number(point.rmse_eV)).toBeGreaterThan(0);
      expect(Number(point.max_abs_error_eV)).toBeGreaterThanOrEqual(Number(point.rmse_eV));
    }
  });

  test('gives the same whatever the number of threads', () => {
    expect(cli.run('run', SNAPSHOT, '--out', 'single', '--count', '40', '--threads', '1').code).toBe(0);
    for (const file of filesBelow(inside('plain')).filter((path) => path !== 'manifest.json')) {
      expect(readFileSync(inside(`single/${file}`)).equals(readFileSync(inside(`plain/${file}`))), file).toBe(true);
    }
  });

  test('takes given atoms, candidates and exclusions from files', () => {
    const picks = idsIn('plain/selection.csv');
    const candidates = idsIn('plain/selection.csv').slice(3, 23);
    const list = (file: string, ids: number[]) => writeFileSync(inside(file), `# ids\n${ids.join('\n')}\n`);
    list('given.txt', picks.slice(0, 3));
    list('candidates.txt', candidates);
    list('exclude.txt', candidates.slice(0, 2));
    const files = ['--given', 'given.txt', '--candidates', 'candidates.txt', '--exclude', 'exclude.txt'];
    expect(cli.run('select', SNAPSHOT, '--out', 'named', '--count', '10', ...files).code).toBe(0);
    const named = idsIn('named/selection.csv');
    expect(named).toHaveLength(10);
    expect(named.every((id) => candidates.slice(2).includes(id))).toBe(true);
    // Given the first picks, the selection goes on as it did.
    expect(cli.run('select', SNAPSHOT, '--out', 'on', '--count', '10', '--given', 'given.txt').code).toBe(0);
    expect(idsIn('on/selection.csv')).toEqual(picks.slice(3, 13));
  });
});

describe('other commands', () => {
  test('describe writes descriptors of named atoms as among those of all', () => {
    const wanted = [7, 1982, 1, 700];
    writeFileSync(inside('wanted.txt'), wanted.join('\n'));
    expect(cli.run('describe', SNAPSHOT, '--ids', 'all', '--out', 'deep/all.npy', '--threads', '2').code).toBe(0);
    expect(cli.run('describe', SNAPSHOT, '--ids', 'wanted.txt', '--out', 'some.npy', '--threads', '1').code).toBe(0);
    const all = arrayIn('deep/all.npy', 'float64', [SNAPSHOT_ATOMS, 386]);
    const some = arrayIn('some.npy', 'float64', [wanted.length, 386]);
    const { ids } = loadDump(SNAPSHOT);
    wanted.forEach((id, k) => {
      const row = ids.indexOf(id);
      expect(some.subarray(k * 386, (k + 1) * 386)).toEqual(all.subarray(row * 386, (row + 1) * 386));
    });
  });

  test('classify stops after the structure', () => {
    expect(cli.run('classify', SNAPSHOT, '--out', 'classified').code).toBe(0);
    expect(filesBelow(inside('classified'))).toEqual(
      ['coordination.npy', 'id.npy', 'lattice_constant.npy', 'manifest.json', 'structure_type.npy'].sort(),
    );
  });

  test('--json prints one object', () => {
    const { code, stdout } = cli.run('classify', SNAPSHOT, '--out', 'classified', '--json');
    expect(code).toBe(0);
    const said = JSON.parse(stdout);
    expect(said.stages.snapshot.count).toBe(SNAPSHOT_ATOMS);
    expect(said.stages.structure.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(SNAPSHOT_ATOMS);
  });

  test.each(['', 'run', 'classify', 'select', 'replicas', 'fit', 'describe'])(
    '%s --help explains itself',
    (command) => {
      const { code, stdout } = cli.run(...(command ? [command] : []), '--help');
      expect(code).toBe(0);
      expect(stdout).toContain(command ? `grainscope ${command} [options] <target>` : 'grainscope [options] [command]');
    },
  );
});

describe('refuses in one sentence', () => {
  const run = (...args: string[]) => ['run', SNAPSHOT, '--out', 'refused', ...args];
  test.each([
    ['no atoms', run('--count', '0'), /Atoms to pick \(--count\): expected a whole number from 1 to 2000, found 0\./],
    ['an unknown criterion', run('--criterion', 'nonsense'), /Allowed choices are ur, posterior, random1/],
    ['no threads', run('--threads', '0'), /Expected a whole number from 1\./],
    ['an unknown strategy', run('--strategies', 'magic'), /There is no criterion called magic, only ur, posterior/],
    ['no element', run('--elements', 'Xx'), /Elements \(--elements\): Xx is no element symbol\./],
    ['a missing list of ids', run('--given', 'missing.txt'), /grainscope: missing\.txt: there is no such file\./],
    ['a missing snapshot', ['run', 'no.dump', '--out', 'x'], /grainscope: no\.dump: there is no such file or folder\./],
    ['no folder', ['run', SNAPSHOT], /Name a folder with --out DIR\./],
    ['a file as folder', ['run', SNAPSHOT, '--out', 'plain/id.npy'], /--out plain\/id\.npy is a file: name a folder\./],
    [
      'another kind of file',
      ['run', 'plain/jobs.csv', '--out', 'x'],
      /grainscope: jobs\.csv: unknown format: expected/,
    ],
    ['a missing column', run('--label-column', 'c_no'), /has no column c_no, only c_pe\./],
    ['descriptors to nowhere', ['describe', SNAPSHOT, '--ids', 'all'], /--ids needs --out FILE\.npy/],
  ])('%s', (_, args, sentence) => {
    const { code, stdout, stderr } = cli.run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('random sampling among atoms that it may not pick', () => {
    const structureType = readArray(inside('plain/structure_type.npy')).array;
    const bcc = loadDump(SNAPSHOT).ids.filter((_, row) => structureType[row] === BCC);
    writeFileSync(inside('bcc.txt'), bcc.join('\n'));
    const { code, stderr } = cli.run('select', 'plain', '--criterion', 'random1', '--candidates', 'bcc.txt');
    expect(code).toBe(1);
    expect(stderr).toContain('grainscope: There is no atom that random1 may pick.');
  });

  test('an atom that is not there, by its id', () => {
    writeFileSync(inside('nobody.txt'), '12\n5000\n');
    for (const flag of ['--given', '--candidates', '--exclude']) {
      const { code, stderr } = cli.run('select', 'plain', flag, 'nobody.txt');
      expect(code).toBe(1);
      expect(stderr).toContain(`(${flag}): there is no atom with id 5000 in the snapshot.`);
    }
  });
});
