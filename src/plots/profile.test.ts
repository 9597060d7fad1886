import { expect, test } from 'vitest';
import type { ProfileBins } from '#kernels/profile/binProfile.ts';
import { profile } from './profile.ts';
import { plotColours } from './template.ts';

const NAN = Number.NaN;
const bins: ProfileBins = {
  first: -0.1,
  width: 0.2,
  atoms: Uint32Array.of(4, 0, 3, 1, 2),
  valued: Uint32Array.of(4, 0, 3, 1, 0),
  mean: Float64Array.of(1, NAN, 2, 3, NAN),
  standardError: Float64Array.of(0.1, NAN, 0.2, NAN, NAN),
  least: Float64Array.of(0.5, NAN, 1.5, 3, NAN),
  most: Float64Array.of(1.5, NAN, 2.5, 3, NAN),
  unplaced: 2,
};
const input = {
  bins,
  quantity: 'Energy <raw>',
  unit: 'eV',
  along: 'Distance along z',
  withRange: false,
  remarks: ['From the origin of the file.'],
  colours: plotColours('dark', 'ovito'),
};

test('says its bins, which are empty, and which atoms are in no mean', () => {
  const { notes, layout } = profile(input);
  expect(notes[0]).toMatch(/^5 bins of 0\.2 Å hold 10 atoms; /);
  expect(notes.slice(1)).toEqual([
    'Bins without an atom: 1.',
    'Atoms without a value, which count in no mean: 2.',
    'Atoms without a distance, which are in no bin: 2.',
    'From the origin of the file.',
  ]);
  expect(layout.annotations!.map(({ text }) => text)).toEqual(['Energy &lt;raw&gt; (eV)', 'Atoms']);
});

test('an empty bin is a gap, never zero; the band is closed over each run of bins', () => {
  const { data } = profile(input);
  const mean = data.find(({ name }) => name === 'mean')!;
  expect(mean.y).toEqual([1, null, 2, 3, null]);
  const band = data.find(({ name }) => name === 'standard error')!;
  expect(band.y).toEqual([1.1, 0.9, null, 2.2, 1.8, null]);
  expect(band).toHaveProperty('fill', 'toself');
});

test('the range is drawn where it is asked for, under the mean', () => {
  const names = profile({ ...input, withRange: true }).data.map(({ name }) => name);
  expect(names).toEqual(['largest', 'least', 'standard error', 'mean', 'atoms']);
});

test('the table has a line a bin, edges without dust, and empty cells where there is no number', () => {
  const lines = profile(input).csv().trimEnd().split(/\r?\n/);
  expect(lines).toEqual([
    'from (Å),to (Å),atoms,atoms with a value,mean (eV),standard error (eV),least (eV),largest (eV)',
    '-0.1,0.1,4,4,1,0.1,0.5,1.5',
    '0.1,0.3,0,0,,,,',
    '0.3,0.5,3,3,2,0.2,1.5,2.5',
    '0.5,0.7,1,1,3,,3,3',
    '0.7,0.9,2,0,,,,',
  ]);
});

test('without any value it says so', () => {
  const nothing = { ...bins, valued: new Uint32Array(5), mean: new Float64Array(5).fill(NAN) };
  const { layout } = profile({ ...input, bins: nothing });
  expect(layout.annotations!.at(-1)!.text).toBe('no atom has a value');
});
