import { expect, test } from 'vitest';
import type { EamPotential } from '#data/eamPotential.ts';
import { describeFailure, Refusal } from '#data/errors.ts';
import { makeArtificial, writePotential } from '#tests/eamPotentials.ts';
import { readEamPotential } from './read.ts';

function refusal(text: string, file = 'x.eam.fs'): string {
  try {
    readEamPotential(text, file);
  } catch (thrown) {
    if (thrown instanceof Refusal) return describeFailure(thrown.failure);
    throw thrown;
  }
  throw new Error('this was not refused');
}

/** Two elements, five points a table: as small as a file can be. */
function small(style: EamPotential['style']): EamPotential {
  const { embedding, density, pair, ...rest } = makeArtificial(style);
  const cut = (tables: readonly Float64Array[]) => tables.map((table) => table.slice(100, 105));
  return { ...rest, embedding: cut(embedding), density: cut(density), pair: cut(pair) };
}

const one = (potential: EamPotential): EamPotential => ({
  ...potential,
  elements: potential.elements.slice(0, 1),
  embedding: potential.embedding.slice(0, 1),
  density: potential.density.slice(0, 1),
  pair: potential.pair.slice(0, 1),
});

test.each(['eam/alloy', 'eam/fs'] as const)('%s comes back, whatever the file is called', (style) => {
  for (const potential of [makeArtificial(style), small(style)]) {
    for (const file of ['x', 'x.eam.alloy', 'x.eam.fs']) {
      expect(readEamPotential(writePotential(potential), file)).toEqual(potential);
    }
  }
});

test('with one element the ending decides on the name; the tables are the same', () => {
  const potential = one(small('eam/fs'));
  const text = writePotential(potential);
  expect(readEamPotential(text, 'Fe_mm.eam.fs')).toEqual(potential);
  expect(readEamPotential(text, 'Fe.eam.alloy')).toEqual({ ...potential, style: 'eam/alloy' });
});

test('exponents of Fortran, CRLF, a byte order mark and comments in the tables', () => {
  const potential = small('eam/fs');
  const plain = writePotential(potential);
  const fortran = writePotential(potential, (value) => value.toExponential(16).replace('e', 'D'));
  expect(fortran).toMatch(/D[+-]\d/);
  const dressed = `\uFEFF${fortran.replaceAll('\n', '   # note 1 2\r\n').replace('Fe Al', 'Fe\tAl')}`;
  const { comments, ...tables } = readEamPotential(dressed, 'x.eam.fs');
  expect(comments[0]).toBe('# artificial, for tests   # note 1 2');
  expect({ ...tables, comments: potential.comments }).toEqual(readEamPotential(plain, 'x.eam.fs'));
});

test('what is wrong is said with file and line', () => {
  const lines = writePotential(small('eam/fs')).split('\n');
  const change = (line: number, text: string) => lines.with(line - 1, text).join('\n');
  expect(refusal('ITEM: TIMESTEP\n0\n')).toBe(
    'x.eam.fs, line 3: expected the number of elements and the symbol of each, found the end of the file.',
  );
  expect(refusal(change(1, 'UNITS: real'))).toBe('x.eam.fs, line 1: expected UNITS: metal (eV and Å), found real.');
  expect(refusal(change(4, '3 Fe Al'))).toContain('line 4: expected the number of elements and the symbol of each');
  expect(refusal(change(4, '2 Fe Fe'))).toContain('line 4: expected every element once, found "2 Fe Fe"');
  expect(refusal(change(5, '5 0.1 5 0.1'))).toBe(
    'x.eam.fs, line 5: expected Nrho drho Nr dr cutoff, found "5 0.1 5 0.1".',
  );
  expect(refusal(change(5, '4 0.1 5 0.1 5.5'))).toContain('line 5: expected Nrho to be a whole number from 5 up');
  expect(refusal(change(5, '5 0.1 9999999 0.1 5.5'))).toContain('line 5: expected Nr to be a whole number');
  expect(refusal(change(5, '5 0.1 5 x 5.5'))).toBe('x.eam.fs, line 5: expected dr to be a number above 0, found NaN.');
  expect(refusal(change(6, '26'))).toBe(
    'x.eam.fs, line 6: expected atomic number, mass, lattice constant and lattice of Fe, found "26".',
  );
  expect(refusal(change(8, '1 2 3 4 n/a'))).toBe(
    'x.eam.fs, line 8: expected number 5 of 5 of rho(r) of Fe at Fe, found "n/a".',
  );
  expect(refusal(change(9, '1 2 3 4 5 6'))).toBe(
    'x.eam.fs, line 9: expected the line to end with number 5 of 5 of rho(r) of Fe at Al, found 1 more on the line.',
  );
});

test('a file that was cut short, and one that goes on: ADP and other styles add tables', () => {
  const lines = writePotential(small('eam/fs')).trimEnd().split('\n');
  expect(refusal(lines.slice(0, -1).join('\n'))).toBe(
    'x.eam.fs, line 15: expected number 1 of 5 of r phi(r) of Al and Al, found the end of the file.',
  );
  const longer = [...lines, ...Array<string>(3).fill('1 2 3 4 5')].join('\n');
  expect(refusal(longer)).toBe(
    'x.eam.fs, line 17: expected the end of the file after the last table of eam/fs, found "1 2 3 4 5".',
  );
});
