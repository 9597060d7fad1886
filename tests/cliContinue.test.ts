import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_PATIENCE_MS, buildCli, type CliProgram, contentsOf, readTable, SNAPSHOT } from './cliProgram.ts';
import { loadDump } from './loadDump.ts';

const BULK_EV = -4.03;

let cli: CliProgram;
/** Atoms of the jobs in the order of jobs.csv. */
let ids: number[];
const inside = (path: string) => join(cli.folder, path);
const idsIn = (path: string) => readTable(inside(path)).map((row) => Number(row.id));

/** A folder of 40 picks of its own, made from a snapshot beside it. */
function freshFolder(name: string): string {
  cpSync(inside('campaign'), inside(name), { recursive: true });
  return name;
}

/** Energies as a cluster would give them back: the column c_pe of these atoms. */
function writeEnergies(file: string, atoms: number[], more: string[] = []): string {
  const dump = loadDump(SNAPSHOT);
  const rows = atoms.map((id) => `${id},${dump.energy[dump.ids.indexOf(id)]},eV`);
  writeFileSync(inside(file), ['id,energy,unit', `0,${BULK_EV},eV`, ...rows, ...more].join('\n'));
  return file;
}

beforeAll(async () => {
  cli = await buildCli();
  copyFileSync(SNAPSHOT, inside('iron.dump.gz'));
  expect(cli.run('run', 'iron.dump.gz', '--out', 'campaign', '--count', '40')).toMatchObject({ code: 0 });
  ids = idsIn('campaign/jobs.csv').slice(1);
}, BUILD_PATIENCE_MS);
afterAll(() => cli.dispose());

describe('energies come back', () => {
  test('30 of 40 are fitted, and what is missing is named', () => {
    const folder = freshFolder('partial');
    const { code, stderr } = cli.run('fit', folder, '--energies', writeEnergies('thirty.csv', ids.slice(0, 30)));
    expect(code).toBe(0);
    expect(stderr).toContain(`train: 30 of 40 back; missing: ${ids.slice(30).join(', ')}.`);
    expect(stderr).toContain(`bulk ${BULK_EV.toFixed(4)} eV (bulk cell)`);
    // Fewer energies than weights: there is no estimate of the noise, and that is said, not hidden.
    const { noise_variance, bulk_energy } = JSON.parse(readFileSync(inside(`${folder}/model.json`), 'utf8'));
    expect({ noise_variance, bulk_energy }).toEqual({ noise_variance: null, bulk_energy: BULK_EV });
    expect(stderr).toContain('too few to estimate the noise');
  });

  test('a continued run takes over what is finished, again and again, and the energies too', () => {
    const folder = freshFolder('again');
    const wordsOf = (...args: string[]) => {
      const { code, stdout } = cli.run('fit', folder, '--json', ...args);
      expect(code).toBe(0);
      return JSON.parse(stdout);
    };
    const first = wordsOf('--energies', writeEnergies('all.csv', ids));
    const second = wordsOf();
    const third = wordsOf('--fit-lambda', '1e-4');
    for (const said of [second, third]) {
      // The milliseconds are those of the run that did the work.
      for (const stage of ['structure', 'pool', 'select']) expect(said.stages[stage]).toEqual(first.stages[stage]);
    }
    expect(second.stages.model.leaveOneOutRmse).toBe(first.stages.model.leaveOneOutRmse);
    expect(third.stages.model.lambda).toBe(1e-4);
    expect(third.stages.energies).toMatchObject({ labelled: 40, bulkEnergy: BULK_EV, missing: [] });
  });

  test('further strategies and the test set are asked for, and their curves drawn', () => {
    const folder = freshFolder('compared');
    expect(cli.run('replicas', folder, '--strategies', 'random1', '--test-set').code).toBe(0);
    const jobs = readTable(inside(`${folder}/jobs.csv`));
    expect(new Set(jobs.flatMap((job) => job.role!.split('+')))).toEqual(new Set(['bulk', 'train', 'test', 'random1']));
    const atoms = jobs.slice(1).map((job) => Number(job.id));
    expect(new Set(atoms).size).toBe(atoms.length);
    expect(cli.run('fit', folder, '--energies', writeEnergies('compared.csv', atoms)).code).toBe(0);
    const points = readTable(inside(`${folder}/learning_curve.csv`));
    expect(points.map(({ strategy, n }) => `${strategy} ${n}`)).toEqual(
      ['ur', 'random1'].flatMap((strategy) => [10, 20, 30, 40].map((n) => `${strategy} ${n}`)),
    );
  });

  test('a table that is refused leaves the folder as it was', () => {
    const folder = freshFolder('refusing');
    const before = contentsOf(inside(folder));
    const stranger = loadDump(SNAPSHOT).ids.find((id) => !ids.includes(id))!;
    const known = ids.slice(0, 8);
    const cases: [more: string, sentence: string][] = [
      ['5000,-4,eV', 'expected the id of a job, found 5000 (the snapshot has no such atom).'],
      [`${stranger},-4,eV`, `expected the id of a job, found ${stranger} (that atom is in no job of this campaign).`],
      [`${ids[0]},-1,eV`, `a second energy for id ${ids[0]}: expected `],
      [`${ids[9]},failed,eV`, 'expected a number for the energy, found "failed".'],
      [`${ids[9]},-4,kcal`, 'expected an energy unit (eV, meV, Ha, Ry), found "kcal".'],
    ];
    for (const [more, sentence] of cases) {
      const { code, stderr } = cli.run('fit', folder, '--energies', writeEnergies('bad.csv', known, [more]));
      expect(code).toBe(1);
      expect(stderr.split('\n').filter((line) => line.startsWith('grainscope:'))).toEqual([
        expect.stringContaining(`grainscope: bad.csv, line ${3 + known.length}: ${sentence}`),
      ]);
    }
    expect(cli.run('fit', folder, '--energies', 'nowhere.csv').stderr).toContain('nowhere.csv: there is no such file.');
    expect(cli.run('fit', folder).stderr).toContain('No energies: import a table');
    expect(contentsOf(inside(folder))).toEqual(before);
  });
});

describe('continuing', () => {
  test('a longer selection begins with the shorter one', () => {
    const folder = freshFolder('longer');
    expect(cli.run('select', folder, '--count', '50').code).toBe(0);
    expect(idsIn(`${folder}/selection.csv`).slice(0, 40)).toEqual(ids);
    expect(idsIn(`${folder}/selection.csv`)).toHaveLength(50);
  });

  test('what still fits stays with its entry in the manifest; what does not is removed, but for replica cells', () => {
    const folder = freshFolder('tidy');
    const stages = () => Object.keys(JSON.parse(readFileSync(inside(`${folder}/manifest.json`), 'utf8')).stages);
    const has = (path: string) => existsSync(inside(`${folder}/${path}`));
    expect(cli.run('fit', folder, '--label-column', 'c_pe').code).toBe(0);
    const all = stages();
    expect(all).toHaveLength(8);
    const model = readFileSync(inside(`${folder}/model.json`), 'utf8');
    expect(cli.run('select', folder).code).toBe(0);
    expect(stages()).toEqual(all);
    expect(readFileSync(inside(`${folder}/model.json`), 'utf8')).toBe(model);
    expect(has('jobs.csv')).toBe(true);

    expect(cli.run('select', folder, '--strategies', 'random1', '--seed', '2').code).toBe(0);
    expect([has('selection_random1.csv'), has('jobs.csv'), has('energy.npy')]).toEqual([true, false, false]);
    expect(cli.run('select', folder, '--strategies', '').code).toBe(0);
    expect([has('selection.csv'), has('selection_random1.csv')]).toEqual([true, false]);

    expect(cli.run('describe', folder, '--sigma', '0.55').code).toBe(0);
    expect([has('pca.npy'), has('structure_type.npy'), has('selection.csv')]).toEqual([true, true, false]);
    expect(stages()).toEqual(['snapshot', 'structure', 'descriptor', 'pool']);
    expect(has(`replicas/0001_id${ids[0]}/POSCAR`)).toBe(true);
  });

  test('finds the snapshot beside a folder that was moved, and refuses another one', () => {
    mkdirSync(inside('elsewhere'));
    renameSync(inside(freshFolder('moving')), inside('elsewhere/moved'));
    const manifestPath = inside('elsewhere/moved/manifest.json');
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
    manifest.snapshot.path = inside('gone/iron.dump.gz');
    manifest.snapshot.relativePath = '../../gone/iron.dump.gz';
    writeFileSync(manifestPath, JSON.stringify(manifest));
    const lost = cli.run('select', 'elsewhere/moved');
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain('manifest.json: its snapshot is not at');
    copyFileSync(SNAPSHOT, inside('elsewhere/iron.dump.gz'));
    expect(cli.run('select', 'elsewhere/moved').code).toBe(0);

    // The same atoms, but not the same file.
    writeFileSync(inside('elsewhere/iron.dump.gz'), gunzipSync(readFileSync(SNAPSHOT)));
    const before = contentsOf(inside('elsewhere/moved'));
    const other = cli.run('select', 'elsewhere/moved');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('is not the snapshot that elsewhere/moved was made from: expected SHA-256 ');
    expect(contentsOf(inside('elsewhere/moved'))).toEqual(before);
  });

  test('wants a manifest that this program wrote', () => {
    mkdirSync(inside('empty'));
    expect(cli.run('fit', 'empty').stderr).toContain('empty: expected a snapshot file, or a folder with a manifest');
    for (const text of ['{', '[]', '{"schema": 99}', 'null']) {
      writeFileSync(inside('empty/manifest.json'), text);
      const { code, stderr } = cli.run('fit', 'empty');
      expect(code).toBe(1);
      expect(stderr).toBe('grainscope: empty/manifest.json: expected a manifest of grainscope, schema 1.\n');
    }
  });
});

test('descriptors that another program computed give the same picks, and are named in the manifest', () => {
  const described = cli.run('describe', SNAPSHOT, '--ids', 'all', '--out', 'soap.npy', '--n-max', '6', '--l-max', '4');
  expect(described).toMatchObject({ code: 0 });
  const select = ['select', SNAPSHOT, '--count', '8', '--components', '12'];
  expect(cli.run(...select, '--n-max', '6', '--l-max', '4', '--out', 'computed')).toMatchObject({ code: 0 });
  const given = cli.run(...select, '--descriptor-file', 'soap.npy', '--out', 'given');
  expect(given).toMatchObject({ code: 0 });
  expect(given.stderr).toContain('numbers an atom, from soap.npy (rows: rising id, which is the order of the file)');
  const ids = (folder: string) => readTable(join(cli.folder, folder, 'selection.csv')).map(({ id }) => id);
  expect(ids('given')).toEqual(ids('computed'));
  const manifest = JSON.parse(readFileSync(join(cli.folder, 'given/manifest.json'), 'utf8'));
  expect(manifest.parameters.descriptor).toBe('file');
  expect(manifest.stages.descriptor.summary.file).toMatchObject({ name: 'soap.npy', rows: 1982 });

  // The pool stands in the folder; only what needs the matrix asks for it.
  expect(cli.run('select', 'given', '--count', '5')).toMatchObject({ code: 0 });
  expect(ids('given')).toEqual(ids('computed').slice(0, 5));
  const missing = cli.run('select', 'given', '--components', '8');
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('--descriptor-file');
  expect(cli.run('select', 'given', '--components', '8', '--descriptor-file', 'soap.npy')).toMatchObject({ code: 0 });
  expect(cli.run('replay', 'given').stderr).toContain('--descriptor-file');
  const replayed = cli.run('replay', 'given', '--descriptor-file', 'soap.npy');
  expect(replayed).toMatchObject({ code: 0 });
  expect(replayed.stdout).toMatch(/^Select {5}same/m);
  const both = cli.run('describe', SNAPSHOT, '--ids', 'all', '--out', 'x.npy', '--descriptor-file', 'soap.npy');
  expect(both.stderr).toContain('leave out --descriptor-file');
});
