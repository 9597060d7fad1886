import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { Refusal } from '#data/errors.ts';
import { writeLammpsData } from './write.ts';

const structure = {
  cell: makeCell([4, 0, 0, 1, 5, 0, -2, 0.5, 8], [1, 2, 3]),
  species: ['Cr', 'Fe'],
  position: Float64Array.of(3.5, 3.5, 5, 1, 2, 3),
  comment: 'centre is atom 12',
};

test('a data file of atom_style atomic, with tilts', () => {
  expect(writeLammpsData(structure, ['Fe', 'Cr'])).toBe(
    'centre is atom 12\n\n2 atoms\n2 atom types\n\n1 5 xlo xhi\n2 7 ylo yhi\n3 11 zlo zhi\n1 -2 0.5 xy xz yz\n\n' +
      'Masses\n\n1 55.845 # Fe\n2 51.996 # Cr\n\nAtoms # atomic\n\n1 2 3.5 3.5 5\n2 1 1 2 3\n',
  );
});

test('types default to the species in order of first appearance, and a cube has no tilts', () => {
  const text = writeLammpsData({ ...structure, cell: makeCell([4, 0, 0, 0, 4, 0, 0, 0, 4]) });
  expect(text).toContain('1 51.996 # Cr\n2 55.845 # Fe\n');
  expect(text).not.toContain('xy');
});

test('what LAMMPS cannot have is refused', () => {
  const rotated = makeCell([0, 4, 0, 0, 0, 4, 4, 0, 0]);
  const leftHanded = makeCell([4, 0, 0, 0, 4, 0, 0, 0, -4]);
  expect(() => writeLammpsData({ ...structure, cell: rotated })).toThrow(Refusal);
  expect(() => writeLammpsData({ ...structure, cell: leftHanded })).toThrow(Refusal);
  expect(() => writeLammpsData(structure, ['Fe'])).toThrow('Species Cr is not among the atom types Fe');
  expect(() => writeLammpsData({ ...structure, species: ['Xx', 'Fe'] })).toThrow(Refusal);
});
