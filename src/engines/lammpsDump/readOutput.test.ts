import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { readCalculation } from '../readers.ts';
import { refusalOf, silentCuts } from '../testSupport.ts';

const read = (text: string) => readCalculation(text, 'cell.dump');

function dump(columns: string, rows: readonly string[], units = ''): string {
  const bounds = '0.0 10.0\n'.repeat(3);
  return `${units}ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n${rows.length}\nITEM: BOX BOUNDS pp pp pp\n${bounds}ITEM: ATOMS ${columns}\n${rows.join('\n')}\n`;
}

const all = dump('id type element x y z c_pe', ['2 1 Fe 6.4 5 5 -3.9', '1 1 Fe 5 5 5 -4.1', '3 2 Cr 5 6.4 5 -4.3']);
const centre = dump('id type x y z c_pe', ['1 1 5 5 5 -4.1']);

test('all atoms, by id', () => {
  const { atoms, ...rest } = read(all);
  expect(rest).toEqual({
    code: 'LAMMPS',
    version: null,
    partition: 'classical',
    convergence: 'no-self-consistency',
    total_eV: null,
    line: 11,
    problems: [],
  });
  expect(Array.from(atoms.energy)).toEqual([-4.1, -3.9, -4.3]);
  expect(Array.from(atoms.position!)).toEqual([5, 5, 5, 6.4, 5, 5, 5, 6.4, 5]);
  expect(atoms.species).toEqual(['Fe', 'Fe', 'Cr']);
});

test('the centre alone, without an element', () => {
  const { atoms } = read(centre);
  expect(Array.from(atoms.energy)).toEqual([-4.1]);
  expect(atoms.species).toBeNull();
});

test('units real are kcal/mol', () => {
  const { atoms } = read(dump('id type x y z c_pe', ['1 1 5 5 5 -100'], 'ITEM: UNITS\nreal\n'));
  expect(atoms.energy[0]).toBeCloseTo(-4.33641, 5);
});

test.each(['c_pe', 'c_epot', 'pe', 'v_energy', 'v_atomic_energy', 'c_1_pe', 'f_pe[2]', 'c_peatom'])(
  'the energy may be called %s',
  (name) => {
    expect(read(dump(`id type x y z vx ${name} c_ke`, ['1 1 5 5 5 9 -4.1 9'])).atoms.energy[0]).toBe(-4.1);
  },
);

test.each([
  ['id type x y z vx vy', 'found vx, vy'],
  ['id type x y z c_ke v_kinetic_energy', 'found c_ke, v_kinetic_energy'],
  ['id type x y z v_energy c_1_pe', 'found v_energy, c_1_pe'],
])('columns %s do not tell the energy', (columns, found) => {
  expect(refusalOf(() => read(dump(columns, ['1 1 5 5 5 -4.1 -4.2'])))).toBe(
    `cell.dump, line 9: expected one column of potential energies, such as c_pe, ${found}.`,
  );
});

test('an id that stands twice is refused', () => {
  const text = dump('id type x y z c_pe', ['1 1 5 5 5 -4.1', '1 1 6 6 6 -4.2']);
  expect(refusalOf(() => read(text))).toContain('line 11: expected every atom id once, found id 1 again');
});

test('several frames are told', () => {
  expect(read(all + centre)).toMatchObject({
    problems: ['The file holds 2 frames: the energies are those of the last one.'],
  });
});

test('cut at every line', () => {
  expect(silentCuts(all, read)).toEqual([]);
});

test('CRLF line ends change nothing', () => {
  expect(read(all.replaceAll('\n', '\r\n'))).toEqual(read(all));
});

describe.skipIf(!hasShared)(needsShared('real dumps'), () => {
  const expected: Record<string, { n_rows: number; atom_id1_pe_eV: number; atom_id1_xyz: number[] }> = hasShared
    ? JSON.parse(readFileSync(sharedPath('reference/dft/expected.json'), 'utf8'))
    : {};
  const paths = Object.keys(expected).filter((path) => path.startsWith('lammps/'));

  test.each(paths)('%s', (path) => {
    const wanted = expected[path]!;
    const { atoms, problems } = read(readFileSync(sharedPath(`reference/dft/${path}`), 'utf8'));
    expect(problems).toEqual([]);
    expect(atoms.energy).toHaveLength(wanted.n_rows);
    expect(atoms.energy[0]).toBe(wanted.atom_id1_pe_eV);
    expect(Array.from(atoms.position!.subarray(0, 3))).toEqual(wanted.atom_id1_xyz);
  });
});
