import { describe, expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { failureOf, readText } from '../testSupport.ts';
import { writeCif } from './write.ts';

const EDGES = '_cell_length_a 4.0(1)\n_cell_length_b 5\n_cell_length_c 6.000(12)\n';
const ANGLES = '_cell_angle_alpha 90\n_cell_angle_beta 90.0\n_cell_angle_gamma 90\n';
const NAMES = 'loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n';
const block = (rows: string, more = '') => `data_x\n${EDGES}${ANGLES}${more}${NAMES}${rows}`;

test('uncertainties, remarks, texts and values in quotes', async () => {
  const more =
    "_publ_author 'O''Hara, S.'\n_remark\n;\nloop_\ndata_none _cell_length_a 9\n;\n_chemical_name \"a # b\" # c\n";
  const { position, cell, species } = await readText(block('Fe1 0.5(2) .25 0 # first\nCr2 0 0 0.5\n', more));
  expect([...position]).toEqual([2, 1.25, 0, 0, 0, 3]);
  expect([...cell.vectors]).toEqual([4, 0, 0, 0, 5, 0, 0, 0, 6]);
  expect(species).toEqual(['Fe', 'Cr']);
});

test('what we write ourselves comes back, a sheared cell too', async () => {
  const cell = makeCell([4, 0, 0, 1, 5, 0, -1, 0.5, 6]);
  const position = Float64Array.from([0.1, 0.2, 0.3, 2, 3, 4]);
  const back = await readText(writeCif({ cell, species: ['Fe', 'Cr'], position, comment: 'atom 12' }));
  back.cell.vectors.forEach((component, k) => {
    expect(component).toBeCloseTo(cell.vectors[k]!, 5);
  });
  back.position.forEach((coordinate, k) => {
    expect(coordinate).toBeCloseTo(position[k]!, 5);
  });
});

test('what is left out, and that no space group is named, is said', async () => {
  const names = NAMES.replace('_label\n', '_label\n_atom_site_U_iso_or_equiv\n');
  const { warnings } = await readText(`data_x\n${EDGES}${ANGLES}${names}Fe1 0.01 0 0 0\n`);
  const said = warnings.map(({ message }) => message).join('\n');
  expect(said).toContain('_atom_site_u_iso_or_equiv');
  expect(said).toContain('names no space group');
});

test('rows may be wrapped', async () => {
  expect((await readText(block('Fe1 0 0\n0\nFe2 0\n0 .5\n'))).count).toBe(2);
});

describe('is refused', () => {
  test.each([
    ["_symmetry_space_group_name_H-M 'I m -3 m'\n", 'Fe1 0 0 0\n', 'space group P 1'],
    ['_space_group_IT_number 229\n', 'Fe1 0 0 0\n', 'space group P 1'],
    ["loop_\n_symmetry_equiv_pos_as_xyz\n'x, y, z'\n'-x, -y, -z'\n", 'Fe1 0 0 0\n', 'space group P 1'],
  ])('a structure that does not list every atom: %s', async (more, rows, expected) => {
    expect(await failureOf(readText(block(rows, more)))).toMatchObject({ expected });
  });

  test('a site that is partly occupied', async () => {
    const names = NAMES.replace('_label\n', '_label\n_atom_site_occupancy\n');
    const failure = await failureOf(readText(`data_x\n${EDGES}${ANGLES}${names}Fe1 0.5 0 0 0\n`));
    expect(failure).toMatchObject({ line: 14, found: '"0.5"' });
  });

  test('a coordinate that is not known, a missing edge, a block without atoms', async () => {
    expect(await failureOf(readText(block('Fe1 ? 0 0\n')))).toMatchObject({ found: '"?"' });
    expect(await failureOf(readText(`data_x\n${EDGES}${NAMES}Fe1 0 0 0\n`))).toMatchObject({
      expected: '_cell_angle_alpha',
    });
    expect((await failureOf(readText(`data_x\n${EDGES}${ANGLES}`))).expected).toContain('atoms');
  });
});
