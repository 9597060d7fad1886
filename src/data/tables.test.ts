import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ARRAY_TYPES, type DType, dtypeOf, makeColumn } from './column.ts';
import { copyFeatures, type Features, featureCount } from './features.ts';
import { rowOfId } from './snapshot.ts';

test('an array knows its element type', () => {
  for (const dtype of Object.keys(ARRAY_TYPES) as DType[]) expect(dtypeOf(new ARRAY_TYPES[dtype](2))).toBe(dtype);
  expect(() => dtypeOf(new Int8Array(2) as unknown as Uint8Array)).toThrow(TypeError);
});

test('a column has one number an atom, or several', () => {
  const array = Float32Array.of(1, 2, 3, 4, 5, 6);
  expect(makeColumn('model.energy', 'eV', array)).toEqual({
    name: 'model.energy',
    unit: 'eV',
    array,
    shape: [6],
    version: 1,
  });
  expect(makeColumn('atoms.position', 'Å', array, 3).shape).toEqual([2, 3]);
});

test('feature vectors end with the constant where there is one', () => {
  const features: Features = { array: Float64Array.of(1, 2, 3, 4, 5, 6), count: 3, width: 2, intercept: true };
  const out = new Float64Array(3);
  copyFeatures(features, 1, out);
  expect([featureCount(features), ...out]).toEqual([3, 3, 4, 1]);
  const bare = { ...features, intercept: false };
  const two = new Float64Array(2);
  copyFeatures(bare, 2, two);
  expect([featureCount(bare), ...two]).toEqual([2, 5, 6]);
});

test('the row of an id is found by bisection, as by looking', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), fc.integer({ min: 0, max: 60 }), (list, id) => {
      const ids = Uint32Array.from(list).sort();
      expect(rowOfId(ids, id)).toBe(ids.indexOf(id));
    }),
    { seed: 99 },
  );
  expect(rowOfId(Uint32Array.of(1, 0xffff_ffff), 0xffff_ffff)).toBe(1);
});
