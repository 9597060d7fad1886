import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ANGSTROM_PER_BOHR, EV_PER_UNIT } from '#chem/units.ts';
import { readCalculation } from '../readers.ts';
import { refusalOf, silentCuts } from '../testSupport.ts';

const fixture = (width: number) =>
  readFileSync(new URL(`./fixtures/local-atom-data-${width}.dat`, import.meta.url), 'utf8');
const present = fixture(23);
const old = fixture(16);
const read = (text: string) => readCalculation(text, 'local.dat');

test.each([
  [23, present],
  [16, old],
])('%i columns', (_, text) => {
  const { atoms, ...rest } = read(text);
  expect(rest).toEqual({
    code: 'LSMS',
    version: null,
    partition: 'atomic-spheres',
    convergence: 'unknown',
    total_eV: -5082.346913578025 * EV_PER_UNIT.Ry,
    line: 4,
    problems: [],
  });
  expect(atoms.energy[0]).toBeCloseTo(-2541.123456789 * EV_PER_UNIT.Ry, 6);
  expect(atoms.energy[1]).toBeCloseTo(-2541.223456789 * EV_PER_UNIT.Ry, 6);
  expect(atoms.species).toEqual(['Fe', 'Fe']);
  expect(Array.from(atoms.position!)).toEqual([0, 0, 0, ...Array(3).fill(2.71 * ANGSTROM_PER_BOHR)]);
});

test('a row of another width is refused with its line', () => {
  const text = present.replace(/ \S+\n$/, '\n');
  expect(refusalOf(() => read(text))).toBe('local.dat, line 5: expected 23 columns, found 22.');
});

test('sites that do not add up to the cell are a problem', () => {
  const text = present.split('\n').slice(0, 4).join('\n');
  expect(read(`${text}\n`).problems.join()).toContain('rows are missing, or stand for several atoms each');
});

describe('cut at every line', () => {
  test.each([
    [23, present],
    [16, old],
  ])('%i columns', (_, text) => {
    expect(silentCuts(text, read)).toEqual([]);
  });
});

test('CRLF line ends change nothing', () => {
  expect(read(present.replaceAll('\n', '\r\n'))).toEqual(read(present));
});
