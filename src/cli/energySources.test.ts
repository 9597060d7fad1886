import { expect, test } from 'vitest';
import { withOneSource } from './energySources.ts';

test('energies that are named now replace other sources, and what was said of single ones before', () => {
  expect(withOneSource({}, 'package')).toEqual({
    labelColumn: null,
    potential: null,
    acceptedEnergies: null,
    leftOut: null,
  });
  expect(withOneSource({ leftOut: [7] }, 'package')).toMatchObject({ leftOut: [7], acceptedEnergies: null });
  expect(withOneSource({ leftOut: [7] }, undefined)).toEqual({ leftOut: [7] });
  expect(withOneSource({ labelColumn: 'c_pe' }, undefined)).toEqual({ labelColumn: 'c_pe', potential: null });
});

test('two sources at once are refused', () => {
  expect(() => withOneSource({ labelColumn: 'c_pe' }, 'package')).toThrow(/--energies or --label-column/);
});
