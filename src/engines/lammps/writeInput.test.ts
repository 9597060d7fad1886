import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replicaStructure, THREE_ATOMS } from '#tests/cellStructures.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { pairStyleOf } from './pairStyle.ts';
import { lammpsWriter } from './writeInput.ts';

const REPLICA = replicaStructure(FE_GB_2K, 501, 'new-pairs');

function write(structure: typeof REPLICA, values = {}) {
  const files = new Map(lammpsWriter.write(structure, { values }).map(({ path, text }) => [path, text]));
  const commands = files
    .get('in.replica')!
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { files, commands };
}

test.each([
  ['Fe_mm.eam.fs', 'eam/fs'],
  ['/a/b/Fe_2.EAM.FS', 'eam/fs'],
  ['FeCr.eam.alloy', 'eam/alloy'],
  ['Fe.setfl', 'eam/alloy'],
])('%s is %s', (file, style) => {
  expect(pairStyleOf(file)).toBe(style);
});

test.each(['', 'Fe_u3.eam', 'library.meam', 'fs'])('"%s" does not say its pair style', (file) => {
  expect(() => pairStyleOf(file)).toThrow(/does not say its pair style/);
});

test('elements in the order of the types of the data file', () => {
  const { files, commands } = write(THREE_ATOMS, { potential: 'my potentials/FeCr.eam.alloy' });
  expect(commands).toContain('pair_style      eam/alloy');
  expect(commands).toContain('pair_coeff      * * "my potentials/FeCr.eam.alloy" Fe Cr');
  expect(files.get('cell.data')).toContain('1 55.845 # Fe\n2 51.996 # Cr\n');
});

test('a pair style that was set goes before the name of the file', () => {
  const { commands } = write(REPLICA, { potential: 'Fe.sw', pairStyle: 'sw' });
  expect(commands).toContain('pair_style      sw');
});

test.skipIf(!hasShared)(needsShared('the commands are those that LAMMPS has run, with more digits'), () => {
  const reference = readFileSync(sharedPath('reference/dft/lammps/in.replica'), 'utf8');
  const known = reference.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const { commands } = write(REPLICA, { potential: '/usr/share/lammps/potentials/Fe_mm.eam.fs' });
  expect(commands).toEqual(known.map((line) => line.replace(/%\.5f %\.5f %\.5f/, '%.10f %.10f %.10f')));
});
