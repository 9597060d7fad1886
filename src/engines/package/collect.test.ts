import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EV_PER_UNIT } from '#chem/units.ts';
import type { Structure } from '#formats/format.ts';
import { cp2kOutput, DFTB, LSMS, OPENMX_38, OPENMX_39 } from '#tests/engineOutputs.ts';
import { type Folder, hasShell, ironCell, packageFolder, withShell } from '#tests/packageFolder.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import type { EngineFacts } from '../input.ts';

const ENGINE: EngineFacts = {
  code: 'Any',
  versions: '1',
  partition: 'unstated',
  atomicEnergies: true,
  energyNote: 'Energies of atoms.',
  command: 'true',
  outputs: ['cell.out'],
  supplies: [],
};
const FIRST = 'jobs/0001_id1472';
const POINTS = [
  [1, 1, 1],
  [2, 2.5, 2],
];
const PAIR = ironCell(4, POINTS);

/** A package of one job with this cell, and a bulk cell that never comes back. */
function oneJob(structure: Structure): Folder {
  return packageFolder(ENGINE, [{ rank: 1, id: 1472, role: 'train', structure, inputs: [] }]);
}

function collect(folder: Folder, ...options: string[]) {
  const { code, out } = folder.run('python3', 'collect.py', ...options);
  return { exit: code, out, ...folder.results().get(FIRST) } as Record<string, unknown>;
}

function collectText(text: string, structure = PAIR, ...options: string[]) {
  const folder = oneJob(structure);
  folder.write(`${FIRST}/cell.out`, text);
  return collect(folder, ...options);
}

function refused(status: RegExp) {
  return { exit: 3, energy: '', unit: 'eV', status: expect.stringMatching(status) };
}

function accepted(energy_eV: number, code: string, partition: string) {
  return { exit: 0, energy: energy_eV.toFixed(9), unit: 'eV', code, partition, status: 'ok' };
}

interface Expected {
  version: string;
  usable: boolean;
  method: string | null;
  exit_status: number;
  atom1?: { energy_Ha: number };
}
const CP2K = 'reference/dft/cp2k';
const expected: Record<string, Expected> = hasShared
  ? JSON.parse(readFileSync(sharedPath('reference/dft/expected.json'), 'utf8'))
  : {};
const recorded = Object.entries(expected).filter(([path]) => path.startsWith('cp2k/'));

function recordedText(path: string): string {
  const bytes = readFileSync(sharedPath(`reference/dft/${path}`));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The cell of the input that an output was made from. */
function recordedCell(output: string): Structure {
  const name = output.replace(/^cp2k\/\d+\.\d+-/, '');
  const stem = /^(al4|fe8|fe54-replica001472)/.exec(name)?.[0] ?? '';
  const input = readdirSync(sharedPath(CP2K)).find((file) => file.startsWith(stem) && file.endsWith('.inp'));
  const text = readFileSync(sharedPath(`${CP2K}/${input}`), 'utf8');
  const edge = Number(/ABC\s+(\S+)/.exec(text)?.[1]);
  const block = /&COORD\n([\s\S]*?)&END COORD/.exec(text)?.[1] ?? '';
  const rows = block
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const points = rows.map((row) => row.slice(1, 4).map(Number));
  return ironCell(edge, points, rows[0]?.[0]);
}

describe.skipIf(!hasShell)(withShell('what collect.py takes from an output'), () => {
  test.skipIf(!hasShared)(needsShared('every recorded output of CP2K: energies as expected, or a reason'), () => {
    expect(recorded.length).toBeGreaterThan(15);
    const reasons = new Map<string, unknown>();
    for (const [path, { usable, method, version, atom1 }] of recorded) {
      const text = recordedText(path);
      const found = collectText(text, recordedCell(path));
      const energy = (atom1?.energy_Ha ?? Number.NaN) * EV_PER_UNIT.Ha;
      reasons.set(path.replace('cp2k/', ''), found.status);
      if (usable && method !== 'FIST') {
        expect(found, path).toMatchObject(accepted(energy, `CP2K ${version}`, 'mulliken'));
      } else {
        expect(found, path).toMatchObject(refused(/./));
        expect(found.status, path).not.toMatch(/unreadable|damaged|element|in the cell/);
      }
      const allowed = collectText(text, recordedCell(path), '--allow-force-field');
      const code = `CP2K ${version}${method === 'FIST' ? ' (force field, not DFT)' : ''}`;
      const partition = method === 'FIST' ? 'classical' : 'mulliken';
      expect(allowed, path).toMatchObject(usable ? accepted(energy, code, partition) : refused(/./));
    }
    console.log([...reasons].map(([path, status]) => `${path}: ${status}`).join('\n'));
  });

  test.skipIf(!hasShared)(needsShared('an output cut off anywhere is never ok with another number'), () => {
    const path = 'cp2k/2025.1-al4-printlow-converged.out';
    const text = recordedText(path);
    const whole = ((expected[path]?.atom1?.energy_Ha ?? Number.NaN) * EV_PER_UNIT.Ha).toFixed(9);
    const block = text.indexOf(' Mulliken Atomic Energies');
    const cuts = [0.3, 0.6, 0.9].map((part) => Math.round(part * text.length));
    for (const length of [...cuts, block + 25, block + 130, block + 300, block + 500, block + 700, text.length - 400]) {
      expect(['', whole], `${length} characters`).toContain(
        collectText(text.slice(0, length), recordedCell(path)).energy,
      );
    }
  });

  test.skipIf(!hasShared)(needsShared('dumps of LAMMPS: the whole cell, or the centre alone'), () => {
    const cell = `reference/dft/lammps/cells/001472`;
    const file = (name: string) => readFileSync(sharedPath(`${cell}/${name}`), 'utf8');
    const points = file('all.dump')
      .trim()
      .split('\n')
      .slice(9)
      .map((line) => line.split(' ').slice(2, 5).map(Number));
    for (const [dump, atoms] of [
      ['all.dump', 54],
      ['centre.dump', 0],
    ] as const) {
      const folder = packageFolder({ ...ENGINE, outputs: ['all.dump', 'centre.dump'] }, [
        { rank: 1, id: 1472, role: 'train', structure: ironCell(10, points), inputs: [] },
      ]);
      folder.write(`${FIRST}/${dump}`, file(dump));
      folder.write(`${FIRST}/log.lammps`, file('log.lammps'));
      expect(collect(folder)).toMatchObject(accepted(-3.823355691, 'LAMMPS 29 Sep 2021 - Update 2', 'classical'));
      expect(
        folder
          .read('results.extxyz')
          .split('\n')
          .filter((line) => line.startsWith('Fe ')),
      ).toHaveLength(atoms);
      folder.write(`${FIRST}/log.lammps`, file('log.lammps').slice(0, 900));
      expect(collect(folder)).toMatchObject(refused(/did not come to its end/));
      folder.write(`${FIRST}/log.lammps`, file('log.lammps'));
      for (const less of [1, 3, 40]) {
        folder.write(`${FIRST}/${dump}`, file(dump).slice(0, -less));
        expect(collect(folder)).toMatchObject(refused(/cut off/));
      }
    }
  });

  test.each([
    ['OpenMX 3.9', OPENMX_39, accepted(-89.125 * EV_PER_UNIT.Ha, 'OpenMX 3.9.9', 'basis-projection')],
    ['OpenMX 3.8', OPENMX_38, accepted(-89.25 * EV_PER_UNIT.Ha, 'OpenMX 3.8', 'basis-projection')],
    ['DFTB+', DFTB, accepted(-EV_PER_UNIT.Ha, 'DFTB+', 'tight-binding')],
    ['LSMS', LSMS, accepted(-2540.5 * EV_PER_UNIT.Ry, 'LSMS', 'atomic-spheres')],
  ])('%s: the number, and no other one wherever the output is cut off', (_, text, good) => {
    const folder = oneJob(PAIR);
    folder.write(`${FIRST}/cell.out`, text);
    expect(collect(folder)).toMatchObject(good);
    for (let length = 40; length < text.length; length += 61) {
      folder.write(`${FIRST}/cell.out`, text.slice(0, length));
      expect(['', good.energy], `${length} characters`).toContain(collect(folder).energy);
    }
  });

  test.each([
    [
      'OpenMX that used all its steps',
      OPENMX_39.replace('maxIter                 40', 'maxIter 17'),
      /17 steps: not converged/,
    ],
    [
      'DFTB+ that did not converge',
      DFTB.replace('SCC converged', 'SCC is NOT converged, maximal SCC iterations exceeded'),
      /SCC not converged/,
    ],
    ['DFTB+ whose atoms do not add up', DFTB.replace('-1.90000', '-1.91000'), /off by/],
    ['LSMS whose atoms do not add up', LSMS.replace('-5081.5', '-5081.0'), /off by/],
    ['LSMS of other columns', LSMS.replace(' -0.01 0.02', ' -0.01'), /23 columns/],
    ['a text of no program', 'hello\n', /no program/],
    [
      'one atom too many',
      cp2kOutput([...POINTS, [3, 3, 3]].map((at) => ({ at, energy: -1 }))),
      /3 atoms in the output, 2/,
    ],
    [
      'an atom elsewhere',
      cp2kOutput([
        { at: [1, 1, 1.03], energy: -1 },
        { at: [2, 2.5, 2], energy: -1 },
      ]),
      /no atom 1/,
    ],
    [
      'stars for a number',
      cp2kOutput(POINTS.map((at) => ({ at, energy: -1 }))).replace('-1.0000000000', '*************'),
      /damaged/,
    ],
    [
      'a run that did not end after one that did',
      `${cp2kOutput(POINTS.map((at) => ({ at, energy: -1 })))}  PROGRAM STARTED AT\n CP2K|\n`,
      /cut off/,
    ],
  ])('refused: %s', (_, text, reason) => {
    expect(collectText(text)).toMatchObject(refused(reason));
  });

  test('atoms in another order, and shifted by a period, are matched by their positions', () => {
    const text = cp2kOutput([
      { at: [2, 2.5, -2.01], energy: -1.5 },
      { at: [5, 1, -2.99], energy: -1.25 },
    ]);
    const folder = oneJob(PAIR);
    folder.write(`${FIRST}/cell.out`, text);
    expect(collect(folder)).toMatchObject(accepted(-1.25 * EV_PER_UNIT.Ha, 'CP2K 2025.1', 'mulliken'));
    const rows = folder.read('results.extxyz').split('\n').slice(2, 4);
    expect(rows.map((row) => Number(row.split(' ')[4]))).toEqual([-34.014232807, -40.817079369]);
    expect(folder.run('python3', 'collect.py').out).toContain('1 of 1 jobs ok');
  });

  test('outputs under another name are found by content; two are one too many', () => {
    const folder = oneJob(PAIR);
    folder.write(`${FIRST}/notes.txt`, 'remember the milk\n');
    folder.write(`${FIRST}/detailed.out`, DFTB);
    expect(collect(folder)).toMatchObject({ exit: 0, code: 'DFTB+' });
    folder.write(`${FIRST}/other.out`, LSMS);
    expect(collect(folder)).toMatchObject(refused(/more than one output/));
  });

  test('a structure that was edited, an empty folder, a broken package', () => {
    const folder = oneJob(PAIR);
    expect(collect(folder)).toMatchObject(refused(/^missing$/));
    folder.write(`${FIRST}/cell.out`, DFTB);
    folder.write(`${FIRST}/structure.extxyz`, folder.read(`${FIRST}/structure.extxyz`).replace('2.5', '2.4'));
    expect(collect(folder)).toMatchObject(refused(/structure.extxyz was changed/));
    folder.write('jobs.txt', 'jobs/0009_id9\n');
    expect(folder.run('python3', 'collect.py')).toMatchObject({ code: 1 });
  });
});
