import { expect, test } from 'vitest';
import { makeCell, makeCubicCell } from '#data/cell.ts';
import { Refusal } from '#data/errors.ts';
import { writeCif } from './write.ts';

const structure = {
  cell: makeCell([4, 0, 0, 0, 5, 0, 0, 8, 8], [1, 2, 3]),
  species: ['Cr', 'Fe'],
  position: Float64Array.of(3, 4.5, 3, 1, 10, 11),
  comment: 'centre is atom 12\nedge 4 Å',
};

test('P1 with lengths, angles and fractions, the centre first', () => {
  expect(writeCif(structure)).toBe(`# centre is atom 12 edge 4 A
data_cell
_cell_length_a 4.0000000000
_cell_length_b 5.0000000000
_cell_length_c 11.3137084990
_cell_angle_alpha 45.00000000
_cell_angle_beta 90.00000000
_cell_angle_gamma 90.00000000
_symmetry_space_group_name_H-M 'P 1'
_symmetry_Int_Tables_number 1
loop_
_symmetry_equiv_pos_as_xyz
'x, y, z'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Cr1 Cr 0.500000000000 0.500000000000 0.000000000000
Fe2 Fe 0.000000000000 0.000000000000 1.000000000000
`);
});

test('positions in a cube of 10 Å read back to 1e-11 Å', () => {
  const position = Float64Array.of(5, 5, 5, 1 / 3, 9.87654321987654, 1e-9);
  const text = writeCif({ ...structure, cell: makeCubicCell(10), position });
  const back = [...text.matchAll(/^[A-Z][a-z]\d+ \S+ (\S+) (\S+) (\S+)$/gm)].flatMap((match) =>
    match.slice(1).map((word) => 10 * Number(word)),
  );
  expect(back.length).toBe(6);
  back.forEach((value, k) => {
    expect(Math.abs(value - position[k]!)).toBeLessThan(1e-11);
  });
});

test('a left-handed cell is refused', () => {
  const leftHanded = makeCell([0, 4, 0, 4, 0, 0, 0, 0, 4]);
  expect(() => writeCif({ ...structure, cell: leftHanded })).toThrow(Refusal);
});
