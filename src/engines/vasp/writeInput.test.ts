import { expect, test } from 'vitest';
import { replicaStructure, THREE_ATOMS } from '#tests/cellStructures.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { vaspWriter } from './writeInput.ts';

const REPLICA = replicaStructure(FE_GB_2K, 501, 'new-pairs');

function write(structure: typeof REPLICA, values = {}) {
  const files = new Map(vaspWriter.write(structure, { values }).map(({ path, text }) => [path, text]));
  const tags = new Map(
    [...files.get('INCAR')!.matchAll(/^([A-Z]+) *= (.*)$/gm)].map((match) => [match[1]!, match[2]!]),
  );
  return { files, tags };
}

test('INCAR of a replica cell: one point, polarised, a moment for every atom', () => {
  const { tags, files } = write(REPLICA);
  expect(Object.fromEntries(tags)).toEqual({
    SYSTEM: 'cell 501',
    GGA: 'PE',
    ENCUT: '544',
    PREC: 'Accurate',
    LASPH: '.TRUE.',
    LREAL: '.FALSE.',
    ALGO: 'Normal',
    NELM: '200',
    EDIFF: '1E-6',
    ISPIN: '2',
    MAGMOM: '57*3',
    ISMEAR: '1',
    SIGMA: '0.2',
    IBRION: '-1',
    NSW: '0',
    LWAVE: '.FALSE.',
    LCHARG: '.FALSE.',
  });
  expect(files.get('KPOINTS')!.split('\n').slice(1)).toEqual(['0', 'Gamma', '2 2 2', '0 0 0', '']);
  expect(
    files
      .get('POSCAR')!
      .split('\n')
      .slice(5, 7)
      .map((line) => line.trim()),
  ).toEqual(['Fe', '57']);
});

test('moments in the order of POSCAR, what was set in its place', () => {
  const { tags, files } = write(THREE_ATOMS, { moment: 'Cr=-1.25 Fe=2.5', cutoff: 500, kSpacing: 0.25, smearing: 0.1 });
  expect(tags.get('MAGMOM')).toBe('2*2.5 1*-1.25');
  expect(tags.get('ENCUT')).toBe('500');
  expect(tags.get('SIGMA')).toBe('0.1');
  expect(files.get('KPOINTS')).toContain('\n7 6 3\n');
  expect(write(THREE_ATOMS).tags.get('MAGMOM')).toBe('2*3 1*0');
});

test('comments hold no second statement: VASP ends one at a semicolon', () => {
  expect(write(REPLICA).files.get('INCAR')).not.toContain(';');
});
