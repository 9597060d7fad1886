import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replicaStructure, THREE_ATOMS } from '#tests/cellStructures.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { qeWriter } from './writeInput.ts';

const REPLICA = replicaStructure(FE_GB_2K, 501, 'new-pairs');
const write = (structure: typeof REPLICA, values = {}) => qeWriter.write(structure, { values })[0]!.text;

function namelist(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^ +(\S+) *= (.*)$/gm)].map((match) => [match[1]!, match[2]!]));
}

test('a replica cell: cut-offs in Ry, 544 eV is 39.98 Ry', () => {
  const text = write(REPLICA);
  expect(namelist(text)).toMatchObject({
    calculation: "'scf'",
    tprnfor: '.false.',
    nat: '57',
    ntyp: '1',
    ecutwfc: '39.9833',
    ecutrho: '319.8661',
    smearing: "'mp'",
    degauss: '0.0147',
    nspin: '2',
    'starting_magnetization(1)': '0.4',
  });
  expect(text).toContain(
    '\nATOMIC_SPECIES\n  Fe 55.845 Fe.pbe-nd-rrkjus.UPF\nCELL_PARAMETERS angstrom\n  10.0000000000 ',
  );
  expect(text).toMatch(/\nATOMIC_POSITIONS angstrom\n {2}Fe {4}5\.0000000000 {4}5\.0000000000 {4}5\.0000000000\n/);
  expect(text).toMatch(/\nK_POINTS automatic\n {2}2 2 2 0 0 0\n$/);
});

test('two elements, and what was set', () => {
  const text = write(THREE_ATOMS, {
    cutoff: 680.28,
    densityRatio: 4,
    magnetization: 'Cr=-0.3',
    pseudopotential: 'Fe=a.UPF Cr=b.UPF',
    pseudoDir: '/data/my pseudo',
  });
  expect(namelist(text)).toMatchObject({
    ecutwfc: '49.9997',
    ecutrho: '199.9986',
    pseudo_dir: "'/data/my pseudo'",
    'starting_magnetization(1)': '0',
    'starting_magnetization(2)': '-0.3',
  });
  expect(text).toContain('\n  Fe 55.845 a.UPF\n  Cr 51.996 b.UPF\n');
});

test('what is missing or cannot be is refused', () => {
  expect(() => write(THREE_ATOMS)).toThrow('nothing is given for Cr; add "Cr=..."');
  expect(() => write(REPLICA, { magnetization: 'Fe=2.2' })).toThrow('between -1 and 1, found 2.2');
});

test.skipIf(!hasShared)(needsShared('the keywords are those of an input that pw.x has run'), () => {
  const known = namelist(readFileSync(sharedPath('reference/dft/qe/fe2.in'), 'utf8'));
  const ours = namelist(write(REPLICA));
  expect(Object.keys(known).filter((key) => !(key in ours))).toEqual([]);
  expect(Object.keys(ours).filter((key) => !(key in known))).toEqual(['tstress']);
});
