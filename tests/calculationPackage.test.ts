import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource } from '#formats/format.ts';
import { calculationPackage } from '#pipeline/calculationPackage.ts';
import type { CalculationRequest } from '#pipeline/calculationRequest.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { FE_GB_2K } from './fixture.ts';

const PARAMETERS = { ...defaultParameters(), count: 5, strategies: ['random1'] };
const PLAIN: CalculationRequest = {
  engine: 'cp2k',
  settings: {},
  potential: null,
  ids: null,
  probes: false,
  energyDensityCode: false,
};
const POTENTIAL = { name: 'Fe.eam.fs', text: 'a potential\n' };

const session = new Session(inlineExecutor, new MemoryLedger());
const bare = new Session(inlineExecutor, new MemoryLedger());

beforeAll(async () => {
  const path = fileURLToPath(FE_GB_2K);
  const snapshot = () => blobSource(new Blob([readFileSync(path)]), 'fe-gb-2k.dump.gz');
  await session.bringTo('replicas', PARAMETERS, new Control(), { snapshot: snapshot() });
  await bare.bringTo('structure', PARAMETERS, new Control(), { snapshot: snapshot() });
});

function make(request: Partial<CalculationRequest>, from = session) {
  const files = [
    ...calculationPackage(from.finished(PARAMETERS), { ...PLAIN, ...request }, { memory: from.memory }),
  ].map(({ path, chunks, executable }) => ({ path, text: [...chunks].join(''), executable }));
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? '';
  return { files, text, manifest: JSON.parse(text('manifest.json')) };
}

describe('a package of calculations from a session', () => {
  test('has a job for the bulk cell and for every cell of the selection, with its roles', () => {
    const { files, text, manifest } = make({});
    const { jobs } = session.records.get('replicas')!.summary as StageSummaries['replicas'];
    expect(manifest.jobs.map(({ rank, id, role, natoms }: never) => [rank, id, role, natoms])).toEqual(
      jobs.map(({ rank, id, role, atoms }) => [rank, id, role, atoms]),
    );
    expect(new Set(jobs.map(({ role }) => role))).toEqual(new Set(['bulk', 'train', 'random1']));
    expect(text('jobs.txt').split('\n')[0]).toBe('jobs/0000_bulk');
    expect(text(`${manifest.jobs[1].directory}/cell.inp`)).toContain('UKS T');
    expect(files.filter(({ executable }) => executable).length).toBe(7);
    expect(manifest.engine).toMatchObject({ code: 'CP2K', partition: 'mulliken', atomicEnergies: true });
    const { input, run } = manifest.settings;
    expect(input).toMatchObject({ engine: 'cp2k', values: { gridCutoff: 600 }, potential: null });
    expect(input.templates['cell.inp']).toContain('{{atoms}}');
    expect(run).toMatchObject({ program: { name: 'grainscope' }, parameters: { count: 5 } });
    expect(run.snapshot.sha256).toBe(manifest.snapshot.sha256);
  });

  test('settings and templates are those that are given', () => {
    const templates = { 'cell.inp': 'cut-off {{gridCutoffRy}} of {{centreId}}\n' };
    const { text, manifest } = make({ settings: { values: { gridCutoff: 400 }, templates } });
    expect(text('jobs/0000_bulk/cell.inp')).toBe('cut-off 400 of bulk\n');
    expect(manifest.settings.input).toMatchObject({ values: { gridCutoff: 400, relCutoff: 60 }, templates });
  });

  test('probes are the first pick in cells of 8 and 12 Å, behind the others and with roles of their own', () => {
    const { text, manifest } = make({ probes: true });
    const [small, large] = manifest.jobs.slice(-2);
    const first = manifest.jobs[1];
    expect(small).toMatchObject({ id: first.id, rank: large.rank - 1, role: 'probe8' });
    expect(large).toMatchObject({ id: first.id, role: 'probe12' });
    expect([small.cell[0], first.cell[0], large.cell[0]]).toEqual([8, 10, 12]);
    expect(small.natoms).toBeLessThan(first.natoms);
    expect(large.natoms).toBeGreaterThan(first.natoms);
    expect(text('jobs.txt').trimEnd().split('\n').at(-1)).toBe(large.directory);
    expect(text('README.txt').replace(/\s+/g, ' ')).toContain(`are atom ${first.id} again in cells of 8 and 12 A`);
    expect(text('README.txt').replace(/\s+/g, ' ')).toContain('They are no training data.');
    expect(make({}).text('README.txt')).not.toContain('probe8');
  });

  test('a potential lies in the package once, and jobs refer to it', () => {
    const { files, text, manifest } = make({ engine: 'lammps', potential: POTENTIAL });
    expect(files.filter(({ path }) => path.endsWith('Fe.eam.fs'))).toEqual([
      expect.objectContaining({ path: 'Fe.eam.fs', text: POTENTIAL.text }),
    ]);
    expect(text('jobs/0000_bulk/in.replica')).toContain('pair_coeff      * * ../../Fe.eam.fs Fe');
    expect(manifest.settings.input.potential).toMatchObject({ file: 'Fe.eam.fs' });
  });

  test('a program that gives totals only is taken when that is accepted, and its README says what is missing', () => {
    const { text, manifest } = make({ engine: 'vasp', energyDensityCode: true });
    expect(text('jobs/0000_bulk/POSCAR')).toContain('Fe');
    expect(manifest.engine.atomicEnergies).toBe(false);
    expect(text('README.txt').replace(/\s+/g, ' ')).toContain(
      'The energy of an atom needs a code with an energy density',
    );
    expect(text('README.txt')).toContain('energies.extxyz');
  });

  test('cells around named atoms need no selection; with one, atoms that it did not pick are probes', () => {
    const { ids } = session.records.get('select')!.summary as StageSummaries['select'];
    const others = [700, ids[2]!];
    const without = make({ ids: others }, bare).manifest;
    expect(without.jobs.map(({ id, role }: never) => [id, role])).toEqual([
      [0, 'bulk'],
      [700, 'train'],
      [ids[2], 'train'],
    ]);
    expect(without.settings.ids).toEqual(others);
    const roles = make({ ids: others }).manifest.jobs.map(({ role }: { role: string }) => role);
    expect(roles).toEqual(['bulk', 'probe', 'train']);
  });
});

describe('refused before any file is made', () => {
  test.each<[string, Partial<CalculationRequest>, RegExp]>([
    ['VASP without the word', { engine: 'vasp' }, /VASP gives the energy of a whole cell only: say that you have/],
    ['pw.x without the word', { engine: 'qe' }, /Quantum ESPRESSO gives the energy of a whole cell only/],
    ['LAMMPS without a potential', { engine: 'lammps' }, /LAMMPS needs a potential file \(--potential\)/],
    ['a potential for CP2K', { potential: POTENTIAL }, /CP2K takes no potential file/],
    [
      'a potential named as a script',
      {
        engine: 'lammps',
        settings: { values: { pairStyle: 'eam/fs' } },
        potential: { ...POTENTIAL, name: 'run_job.sh' },
      },
      /The package has a file run_job.sh of its own: rename yours/,
    ],
    [
      'a potential with a blank in its name',
      { engine: 'lammps', potential: { ...POTENTIAL, name: 'x y.fs' } },
      /A file of the package may not be named "x y.fs"/,
    ],
    ['a setting that is none', { settings: { values: { colour: 'red' } } }, /CP2K has no setting colour, only gridCut/],
    [
      'an unknown placeholder',
      { settings: { templates: { 'cell.inp': 'a\n{{b}}' } } },
      /cell.inp, line 2: There is no/,
    ],
    ['an unknown template', { settings: { templates: { INCAR: '' } } }, /CP2K has no template INCAR, only cell.inp/],
    ['an atom that is not there', { ids: [1, 99999] }, /there is no atom with id 99999 in the snapshot/],
    ['no atoms', { ids: [] }, /No atoms are named/],
  ])('%s', (_, request, sentence) => {
    expect(() =>
      calculationPackage(session.finished(PARAMETERS), { ...PLAIN, ...request }, { memory: session.memory }),
    ).toThrow(sentence);
  });

  test('cells that were not cut, or with other parameters', () => {
    expect(() => make({}, bare)).toThrow('Replicas is not done yet');
    const other = session.finished({ ...PARAMETERS, minDistance: 2.1 });
    expect(() => calculationPackage(other, PLAIN, { memory: session.memory })).toThrow('Replicas is not done yet');
  });
});
