import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { zipFiles } from '#compute/zip.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource } from '#formats/format.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { projectFiles } from '#project/projectFile.ts';
import { BUILD_PATIENCE_MS, buildCli, type CliProgram, SNAPSHOT } from './cliProgram.ts';

const COUNT = 20;

let cli: CliProgram;
const inside = (path: string) => join(cli.folder, path);

/** A project as the page saves it. */
async function saveProject(path: string): Promise<void> {
  const session = new Session(inlineExecutor, new MemoryLedger());
  const parameters = { ...defaultParameters(), count: COUNT, labelColumn: 'c_pe' };
  const snapshot = blobSource(new Blob([readFileSync(SNAPSHOT)]), 'fe-gb-2k.dump.gz');
  await session.bringTo('model', parameters, new Control(), { snapshot });
  const project = { created: '2026-11-24T00:00:00.000Z', parameters, session: session.state!, page: null };
  writeFileSync(path, Buffer.from(await (await zipFiles(projectFiles(project, 1))).arrayBuffer()));
}

beforeAll(async () => {
  cli = await buildCli();
  expect(cli.run('run', SNAPSHOT, '--out', 'folder', '--count', `${COUNT}`)).toMatchObject({ code: 0 });
  await saveProject(inside('saved.grainscope'));
}, BUILD_PATIENCE_MS);
afterAll(() => cli.dispose());

test.each(['folder', 'saved.grainscope'])('%s is shown: snapshot, steps, what differs from the defaults', (target) => {
  const { code, stdout } = cli.run('show', target);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Snapshot {3}1982 atoms from fe-gb-2k\.dump\.gz/);
  expect(stdout).toMatch(/^Select {5}20 atoms by ur:/m);
  expect(stdout).toContain('--count 20');
  const { parameters, stages } = JSON.parse(cli.run('show', target, '--json').stdout);
  expect(parameters.count).toBe(COUNT);
  expect(stages.select.ids).toHaveLength(COUNT);
});

test.each(['folder', 'saved.grainscope'])(
  '%s is computed again, with the same picks on one thread and on two',
  (target) => {
    for (const threads of ['1', '2']) {
      const { code, stdout } = cli.run('replay', target, '--threads', threads);
      expect(stdout).toMatch(/^Select {5}same {4}the same 20 picks in the same order$/m);
      expect(code).toBe(0);
    }
  },
);

test('the atoms of a project may also be read from their file, and no others', () => {
  expect(cli.run('replay', 'saved.grainscope', '--snapshot', SNAPSHOT)).toMatchObject({ code: 0 });
  writeFileSync(
    inside('other.dump'),
    `${'ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n1\nITEM: BOX BOUNDS pp pp pp\n0 9\n0 9\n0 9\n'}ITEM: ATOMS id type x y z\n1 1 0 0 0\n`,
  );
  const { code, stderr } = cli.run('replay', 'saved.grainscope', '--snapshot', 'other.dump');
  expect(code).toBe(1);
  expect(stderr).toContain('is not the snapshot that saved.grainscope was made from');
});

test('where a repetition parts, it says so', () => {
  const manifest = JSON.parse(readFileSync(inside('folder/manifest.json'), 'utf8'));
  const { ids } = manifest.stages.select.summary;
  const kept = ids[6];
  ids[6] = 1;
  writeFileSync(inside('folder/manifest.json'), JSON.stringify(manifest));
  const { code, stdout, stderr } = cli.run('replay', 'folder');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Select {5}DIFFERS pick 7: 1 then, /m);
  expect(stderr).toContain(`the repetition parts at Select: pick 7: 1 then, ${kept} now.`);
});

test('what is neither a project nor a folder of results is refused', () => {
  expect(cli.run('show', 'nowhere').stderr).toContain('nowhere: there is no such file or folder');
  expect(cli.run('show', SNAPSHOT).stderr).toContain('expected a project (.grainscope) or the folder of a run');
  writeFileSync(inside('empty.grainscope'), '');
  expect(cli.run('replay', 'empty.grainscope').stderr).toContain('it is no zip archive, or cut short');
});

test.each(['folder', 'saved.grainscope'])('atoms of %s are written for other programs', (target) => {
  writeFileSync(inside('few.txt'), '# some\n7\n3\n1982\n');
  const all = cli.run('atoms', target, '--as', 'extxyz', '--out', 'out/all.xyz');
  expect(all).toMatchObject({ code: 0 });
  expect(all.stderr).toContain('1982 atoms in out/all.xyz');
  const lines = readFileSync(inside('out/all.xyz'), 'utf8').split('\n');
  expect(lines[0]).toBe('1982');
  expect(lines[1]).toMatch(/:structure_type:I:1:/);
  expect(lines[1]!.includes(':local_energy:R:1:')).toBe(target === 'saved.grainscope');

  expect(cli.run('atoms', target, '--as', 'dump', '--atoms', 'few.txt', '--out', 'few.dump')).toMatchObject({
    code: 0,
  });
  const rows = readFileSync(inside('few.dump'), 'utf8').trimEnd().split('ITEM: ATOMS ')[1]!.split('\n').slice(1);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(['3', '7', '1982']);
});

test.each([
  [
    'an atom that is not there',
    ['folder', '--as', 'csv', '--atoms', 'none.txt', '--out', 'x.csv'],
    'no atom with id 4711',
  ],
  ['no kind', ['folder', '--out', 'x.csv'], "required option '--as <kind>'"],
  [
    'another kind',
    ['folder', '--as', 'pdb', '--out', 'x.pdb'],
    'Allowed choices are ids, csv, extxyz, dump, chemiscope',
  ],
  ['no run', ['nowhere', '--as', 'csv', '--out', 'x.csv'], 'there is no such file or folder'],
])('atoms refuses %s', (_, args, sentence) => {
  writeFileSync(inside('none.txt'), '4711\n');
  const { code, stderr } = cli.run('atoms', ...args);
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
});
