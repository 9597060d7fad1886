import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EV_PER_UNIT } from '#chem/units.ts';
import { readCalculation } from '../readers.ts';
import { refusalOf, silentCuts } from '../testSupport.ts';

const HARTREE = EV_PER_UNIT.Ha;
const detailed = readFileSync(new URL('./fixtures/detailed.out', import.meta.url), 'utf8');
const read = (text: string) => readCalculation(text, 'detailed.out');

test('the table of total energies, not those of the parts', () => {
  const { atoms, line, ...rest } = read(detailed);
  expect(rest).toEqual({
    code: 'DFTB+',
    version: null,
    partition: 'tight-binding',
    convergence: 'converged',
    total_eV: -9.2704 * HARTREE,
    problems: [],
  });
  expect(Array.from(atoms.energy)).toEqual([-3.0902, -3.0898, -3.0904].map((energy) => energy * HARTREE));
  expect(atoms.species).toBeNull();
  expect(atoms.position).toBeNull();
  expect(detailed.split('\n')[line - 1]).toContain('-3.09020000 H');
});

test.each([
  ['SCC is NOT converged, maximal SCC iterations exceeded', 'not-converged', 'The charges did not converge'],
  ['', 'unknown', 'does not say whether the charges converged'],
  ['Non-SCC calculation', 'no-self-consistency', ''],
])('the verdict "%s"', (verdict, convergence, sentence) => {
  const found = read(detailed.replace('SCC converged', verdict));
  expect(found.convergence).toBe(convergence);
  expect(found.problems.join()).toContain(sentence);
  expect(found.problems).toHaveLength(sentence === '' ? 0 : 1);
});

test('the leading blank of old versions does not matter', () => {
  expect(read(detailed.replace(/^/gm, ' ')).atoms).toEqual(read(detailed).atoms);
});

test('a file without the table is refused', () => {
  const text = detailed.slice(0, detailed.indexOf('Atom resolved total'));
  expect(refusalOf(() => read(text))).toContain('AtomResolvedEnergies = Yes');
});

test('a number that did not fit is refused with its line', () => {
  const text = detailed.replace('-3.08980000', '***********');
  expect(refusalOf(() => read(text))).toBe(
    'detailed.out, line 23: expected the energy of atom 2 in H and eV, found "2     *********** H      -84.077741 eV".',
  );
});

test('cut at every line', () => {
  expect(silentCuts(detailed, read)).toEqual([]);
});

test('CRLF line ends change nothing', () => {
  expect(read(detailed.replaceAll('\n', '\r\n'))).toEqual(read(detailed));
});
