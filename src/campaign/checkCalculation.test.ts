import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Calculation } from '#engines/calculation.ts';
import { readCalculation } from '#engines/readers.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { checkCalculation } from './checkCalculation.ts';
import type { SentCell } from './matchAtoms.ts';

const cell: SentCell = {
  position: Float64Array.of(5, 5, 5, 6.4, 5, 5, 5, 6.4, 5),
  edge: 10,
  species: ['Fe', 'Fe', 'Cr'],
};

const good: Calculation = {
  code: 'CP2K',
  version: '2025.1',
  partition: 'mulliken',
  convergence: 'converged',
  atoms: {
    energy: Float64Array.of(-4.1, -3.9, -4.3),
    species: ['Fe', 'Fe', 'Cr'],
    position: cell.position.slice(),
  },
  total_eV: -12.3,
  line: 1,
  problems: [],
};

const reordered: Calculation['atoms'] = {
  energy: Float64Array.of(-4.3, -4.1, -3.9),
  species: ['Cr', 'Fe', 'Fe'],
  position: Float64Array.of(5, 6.4, 5, 5, 5, 5, 6.4, 5, 5),
};
const ORDER_TRUSTED = 'The file has no coordinates: the order of its atoms is trusted.';

test.each([
  ['good', {}, []],
  ['reordered', { atoms: reordered }, ['The file has the atoms in another order: they were matched by coordinates.']],
  ['without coordinates', { atoms: { ...good.atoms, position: null } }, [ORDER_TRUSTED]],
  ['without elements', { atoms: { ...good.atoms, species: null } }, ['Elements could not be compared.']],
  ['without a total', { total_eV: null }, ['The file has no energy of the cell to compare the sum of its atoms with.']],
  ['silent on convergence', { convergence: 'unknown' }, ['The file does not say whether the calculation converged.']],
  [
    'the centre alone',
    { atoms: { energy: Float64Array.of(-4.1), species: ['Fe'], position: Float64Array.of(5, 5, 5) }, total_eV: null },
    ['The file has the centre only.'],
  ],
] as [string, Partial<Calculation>, string[]][])('%s: the centre has its energy', (_, change, notes) => {
  expect(checkCalculation({ ...good, ...change }, cell, 'a.out')).toEqual({ energy_eV: -4.1, notes });
});

test.each([
  ['problems', { problems: ['One.', 'Two.'] }, 'One. Two.'],
  ['no convergence', { convergence: 'not-converged' }, 'The calculation did not converge.'],
  [
    'another sum',
    { total_eV: -12.30002 },
    'The atomic energies add up to -12.300000 eV, but the cell has -12.300020 eV.',
  ],
  [
    'an energy that is no number',
    { atoms: { ...good.atoms, energy: Float64Array.of(-4.1, Number.NaN, -4.3) } },
    'The energy of atom 2 is no finite number.',
  ],
  ['a total that is no number', { total_eV: Number.NaN }, 'The energy of the cell is no finite number.'],
  [
    'too few atoms',
    { atoms: { energy: Float64Array.of(-4.1, -3.9), species: null, position: null } },
    'a.out: expected 3 atoms as in the cell, found 2.',
  ],
  [
    'one atom without a place',
    { atoms: { energy: Float64Array.of(-4.1), species: null, position: null } },
    'a.out: expected 3 atoms as in the cell, found 1.',
  ],
  [
    'one atom that is not the centre',
    { atoms: { energy: Float64Array.of(-4.1), species: null, position: Float64Array.of(6.4, 5, 5) } },
    'found the nearest 1.400 Å away',
  ],
  [
    'no partner',
    { atoms: { ...good.atoms, position: Float64Array.of(5, 5, 5, 6.5, 5, 5, 5, 6.4, 5) } },
    'within 0.02 Å of atom 2 of the cell',
  ],
  [
    'another element',
    { atoms: { ...good.atoms, species: ['Cr', 'Fe', 'Fe'] } },
    'expected atom 1 of the cell to be Fe, found Cr',
  ],
] as [string, Partial<Calculation>, string][])('%s: put aside', (_, change, reason) => {
  const checked = checkCalculation({ ...good, ...change }, cell, 'a.out');
  expect('quarantined' in checked ? checked.quarantined : checked).toContain(reason);
});

test('an output that was cut is put aside, whole it is used', () => {
  const fixture = new URL('../engines/cp2k/fixtures/2025.1-al4-converged.out.gz', import.meta.url);
  const text = gunzipSync(readFileSync(fixture)).toString('utf8');
  const whole = readCalculation(text, 'al4.out');
  const al4: SentCell = { position: whole.atoms.position!, edge: 4.05, species: Array(4).fill('Al') };
  const cut = readCalculation(text.slice(0, text.indexOf('T I M I N G')), 'al4.out');
  expect(checkCalculation(cut, al4, 'al4.out')).toEqual({
    quarantined: 'The file stops before the end of the run: CP2K was killed, or is still running.',
    energy_eV: whole.atoms.energy[0],
  });
  expect(checkCalculation(whole, al4, 'al4.out')).toEqual({ energy_eV: whole.atoms.energy[0], notes: [] });
});

describe.skipIf(!hasShared)(needsShared('real outputs of the cell of atom 1472'), () => {
  const cp2k = 'cp2k/2025.1-fe54-replica001472';
  const load = (path: string) => {
    const bytes = readFileSync(sharedPath(`reference/dft/${path}`));
    return readCalculation((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), path);
  };
  const check = (path: string) => {
    const { atoms } = load('lammps/cells/001472/all.dump');
    return checkCalculation(load(path), { position: atoms.position!, edge: 10, species: null }, path);
  };

  test.each([
    ['lammps/cells/001472/all.dump', -3.823355691],
    ['lammps/cells/001472/centre.dump', -3.823355691],
    [`${cp2k}-fist.out`, -2.093084],
    ['cp2k/2023.1-fe54-replica001472-fist.out', -2.093084],
  ])('%s', (path, energy) => {
    expect(check(path)).toMatchObject({ energy_eV: expect.closeTo(energy, 6) });
  });

  test.each([
    [`${cp2k}-rks3000K-notconverged-checksum-abort.out.gz`, 'did not converge', expect.any(Number)],
    ['lammps/cells/002551/all.dump', 'expected 54 atoms as in the cell, found 57', null],
  ])('%s is put aside; its energy is known where its atoms are', (path, reason, energy_eV) => {
    expect(check(path)).toEqual({ quarantined: expect.stringContaining(reason), energy_eV });
  });
});
