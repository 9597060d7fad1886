import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { OUTPUT_READERS, readCalculation } from './readers.ts';
import { refusalOf } from './testSupport.ts';

test('every program is there once', () => {
  const codes = OUTPUT_READERS.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

test.each([
  ['', 'x.out: the file is empty.'],
  [
    'slurmstepd: error: out of memory\n',
    'x.out: expected an output of CP2K, OpenMX, DFTB+, LSMS or LAMMPS, or extended XYZ, with energies of atoms, found text that looks like none of these.',
  ],
])('%j is refused in one sentence', (text, sentence) => {
  expect(refusalOf(() => readCalculation(text, 'x.out'))).toBe(sentence);
});

const PWSCF = '\n     Program PWSCF v.6.7MaX starts on 22Nov2026 at 15:38:12 \n';
const OUTCAR = ' vasp.6.4.2 20Jul23 (build Sep 12 2023) complex\n  \n executed on LinuxGNU\n';

test.each([
  ['pw.x', PWSCF],
  ['VASP', OUTCAR],
])('%s has the energy of the cell only, and that is said', (program, text) => {
  expect(refusalOf(() => readCalculation(text, 'x.out'))).toMatch(
    new RegExp(`^x\\.out: ${program} prints the energy of the whole cell only: .* energy density .*\\.$`),
  );
});

test.skipIf(!hasShared).each(['fe2', 'fe2-notconverged', 'fe2-killed'])(needsShared('%s of pw.x'), (name) => {
  const text = readFileSync(sharedPath(`reference/dft/qe/${name}.out`), 'utf8');
  expect(refusalOf(() => readCalculation(text, `${name}.out`))).toContain(
    'pw.x prints the energy of the whole cell only',
  );
});
