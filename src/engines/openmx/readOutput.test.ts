import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EV_PER_UNIT } from '#chem/units.ts';
import { readCalculation } from '../readers.ts';
import { refusalOf, silentCuts } from '../testSupport.ts';

const HARTREE = EV_PER_UNIT.Ha;
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.out`, import.meta.url), 'utf8');
const methane39 = fixture('methane-3.9');
const methane38 = fixture('methane-3.8');
const read = (text: string) => readCalculation(text, 'met.out');

test.each([
  ['3.9.9', methane39, [-6.132295762765, -0.520959184204], -8.216132481346387],
  ['3.8.5', methane38, [-6.243003591519, -0.492195364395], -8.211785052271326],
] as const)('OpenMX %s', (version, text, [first, last], total) => {
  const { atoms, line, ...rest } = read(text);
  expect(rest).toEqual({
    code: 'OpenMX',
    version,
    partition: 'basis-projection',
    convergence: 'converged',
    total_eV: total * HARTREE,
    problems: [],
  });
  expect(atoms.energy).toHaveLength(5);
  expect(atoms.energy[0]).toBe(first * HARTREE);
  expect(atoms.energy[4]).toBe(last * HARTREE);
  expect(atoms.species).toEqual(['C', 'H', 'H', 'H', 'H']);
  expect(Array.from(atoms.position!.subarray(0, 6))).toEqual([0, 0, 0.1, 0.68279, 0.68279, 0.68279]);
  expect(text.split('\n')[line - 1]).toContain(`1    C     ${first}`);
});

test('the last change of the eigenvalue energy is measured by scf.criterion', () => {
  const restless = methane39.replace(/Uele= -3.889399876543\n/, 'Uele= -3.889399876000\n');
  expect(read(restless)).toMatchObject({
    convergence: 'not-converged',
    problems: ['The SCF loop did not reach scf.criterion.'],
  });
  // Without it, 1e-6 Hartree is meant.
  expect(read(restless.replace(/scf\.criterion.*\n/, '')).convergence).toBe('converged');
  expect(read(methane39.replace(/^ +SCF=.*\n/gm, '')).convergence).toBe('unknown');
});

test('names of species are the user’s', () => {
  expect(read(methane39.replaceAll('   C  ', '  C1  ')).atoms.species?.[0]).toBe('C');
  expect(read(methane39.replaceAll('   C  ', '  Fe_  ')).atoms.species?.[0]).toBe('Fe');
  expect(read(methane39.replaceAll('   C  ', '  q1  ')).atoms.species).toBeNull();
});

test('an output without a decomposition is refused', () => {
  const text = methane39.slice(0, methane39.indexOf('  Decomposed'));
  expect(refusalOf(() => read(text))).toContain('the input needs "Energy.Decomposition on"');
});

test('a garbled row is refused with its line', () => {
  const text = methane39.replace('-0.520959174111', '******');
  expect(refusalOf(() => read(text))).toContain('expected number, symbol and Utot of atom 3');
});

describe('cut at every line', () => {
  test.each([
    ['3.9', methane39],
    ['3.8', methane38],
  ])('%s', (_, text) => {
    expect(silentCuts(text, read)).toEqual([]);
  });
});

test('CRLF line ends change nothing', () => {
  expect(read(methane39.replaceAll('\n', '\r\n'))).toEqual(read(methane39));
});
