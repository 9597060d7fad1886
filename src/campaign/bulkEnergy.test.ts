import { expect, test } from 'vitest';
import { Refusal } from '#data/errors.ts';
import { chooseBulkEnergy } from './bulkEnergy.ts';

const labels = {
  column: 'c_pe',
  energy: Float64Array.of(-4.1, -4.12, -3.5, Number.NaN, -4.0),
  structureType: Uint8Array.of(3, 3, 0, 3, 3),
};

test('typed, then the bulk cell, then the median over BCC atoms', () => {
  expect(chooseBulkEnergy({ typed: -5, returned: -4.2, labels })).toEqual({
    value: -5,
    source: 'typed; the bulk cell gave -4.2 eV',
  });
  expect(chooseBulkEnergy({ typed: null, returned: -4.2, labels })).toEqual({ value: -4.2, source: 'bulk cell' });
  expect(chooseBulkEnergy({ typed: null, returned: null, labels })).toEqual({
    value: -4.1,
    source: 'median of c_pe over 3 BCC atoms',
  });
  expect(chooseBulkEnergy({ typed: -5, returned: null })).toEqual({ value: -5, source: 'typed' });
});

test('without any it says what to do', () => {
  expect(() => chooseBulkEnergy({ typed: null, returned: null })).toThrow(Refusal);
  expect(() => chooseBulkEnergy({ typed: null, returned: null })).toThrow(/run the cell in bulk\/.*--bulk-energy/);
  const noBcc = { ...labels, structureType: new Uint8Array(5) };
  expect(() => chooseBulkEnergy({ typed: null, returned: null, labels: noBcc })).toThrow(/no BCC atom.*c_pe/);
});
