import { expect, test } from 'vitest';
import { readCalculation } from '../readers.ts';
import { refusalOf, silentCuts } from '../testSupport.ts';

const read = (text: string) => readCalculation(text, 'cell.xyz');

function xyz(properties: string, rows: readonly string[], info = ''): string {
  const lattice = 'Lattice="10 0 0 0 10 0 0 0 10"';
  return `${rows.length}\n${lattice} Properties=species:S:1:pos:R:3:${properties}${info} pbc="T T T"\n${rows.join('\n')}\n`;
}

const plain = xyz('energies:R:1', ['Fe 5 5 5 -4.1', 'Cr 6.4 5 5 -3.9'], ' energy=-8.0');

test('a column of energies, in the order of the file', () => {
  const { atoms, ...rest } = read(plain);
  expect(rest).toEqual({
    code: 'extended XYZ',
    version: null,
    partition: 'unstated',
    convergence: 'unknown',
    total_eV: -8,
    line: 3,
    problems: [],
  });
  expect(Array.from(atoms.energy)).toEqual([-4.1, -3.9]);
  expect(atoms.species).toEqual(['Fe', 'Cr']);
  expect(Array.from(atoms.position!)).toEqual([5, 5, 5, 6.4, 5, 5]);
});

test.each([
  ['id:I:1:local_energy:R:1:charge:R:1', 'Fe 5 5 5 7 -4.1 0.1'],
  ['atom_id:I:1:my_result:R:1', 'Fe 5 5 5 7 -4.1'],
  ['forces:R:3:Atomic_Energy:R:1', 'Fe 5 5 5 0 0 0 -4.1'],
])('columns %s tell the energy', (properties, row) => {
  expect(Array.from(read(xyz(properties, [row])).atoms.energy)).toEqual([-4.1]);
});

test.each([
  ['id:I:1:forces:R:3', 'Fe 5 5 5 7 0 0 0', 'found none'],
  ['charge:R:1:moment:R:1', 'Fe 5 5 5 0.1 2.2', 'found charge, moment'],
  ['energies:R:1:local_energy:R:1', 'Fe 5 5 5 -4 -4', 'found energies, local_energy'],
])('columns %s do not', (properties, row, found) => {
  expect(refusalOf(() => read(xyz(properties, [row])))).toContain(found);
});

test('a species that is no element leaves the species out', () => {
  expect(read(plain.replace('Cr', 'X')).atoms.species).toBeNull();
});

test('several frames, and a last line without its end, are told', () => {
  expect(read(plain + plain).problems.join()).toContain('The file holds 2 frames');
  expect(read(plain.trimEnd()).problems.join()).toContain('The last line has no end');
});

test('cut at every line', () => {
  expect(silentCuts(plain, read)).toEqual([]);
});

test('CRLF line ends change nothing', () => {
  expect(read(plain.replaceAll('\n', '\r\n'))).toEqual(read(plain));
});
