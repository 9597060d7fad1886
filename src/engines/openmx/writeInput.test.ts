import { expect, test } from 'vitest';
import { replicaStructure, THREE_ATOMS } from '#tests/cellStructures.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { openmxWriter } from './writeInput.ts';

const REPLICA = replicaStructure(FE_GB_2K, 501, 'new-pairs');
const write = (structure: typeof REPLICA, values = {}) => openmxWriter.write(structure, { values })[0]!.text;

test('a replica cell: energies of atoms, polarised, nothing moves', () => {
  const text = write(REPLICA);
  const keywords = Object.fromEntries(
    [...text.matchAll(/^([A-Z]\S*|scf\S*) {2,}(.*)$/gm)].map((match) => [match[1]!, match[2]!]),
  );
  expect(keywords).toMatchObject({
    'System.Name': 'cell',
    'Species.Number': '1',
    'Atoms.Number': '57',
    'Atoms.SpeciesAndCoordinates.Unit': 'Ang',
    'scf.XcType': 'GGA-PBE',
    'scf.SpinPolarization': 'on',
    'scf.energycutoff': '300',
    'scf.Kgrid': '2 2 2',
    'Energy.Decomposition': 'on',
    'MD.Type': 'nomd',
  });
  expect(text).toContain('<Definition.of.Atomic.Species\n  Fe Fe6.0S-s3p2d1 Fe_PBE19S\nDefinition.of.Atomic.Species>');
  expect(text).toMatch(/\n {3}1 Fe {4}5\.0000000000 {4}5\.0000000000 {4}5\.0000000000 {2}8\.1 5\.9\n/);
  for (const name of ['Definition.of.Atomic.Species', 'Atoms.SpeciesAndCoordinates', 'Atoms.UnitVectors']) {
    expect(text.indexOf(`<${name}\n`)).toBeLessThan(text.indexOf(`\n${name}>`));
  }
});

test('two elements: electrons up and down add up to the valence', () => {
  const values = { basis: 'Fe=a Cr=b', potential: 'Fe=c Cr=d', valence: 'Fe=16 Cr=14', moment: 'Fe=3 Cr=-1' };
  const electrons = write(THREE_ATOMS, values)
    .split('\n')
    .filter((line) => /^ +\d (Fe|Cr) /.test(line))
    .map((line) => line.trim().split(/\s+/).slice(5).map(Number));
  expect(electrons).toEqual([
    [9.5, 6.5],
    [6.5, 7.5],
    [9.5, 6.5],
  ]);
});

test('what is missing or cannot be is refused', () => {
  expect(() => write(THREE_ATOMS)).toThrow('nothing is given for Cr');
  expect(() => write(REPLICA, { moment: 'Fe=15' })).toThrow('cannot have a moment of 15 with 14 valence electrons');
});
