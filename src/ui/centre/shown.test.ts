import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { ALL_TYPES } from '#render/scene.ts';
import { WHOLE_MODEL } from '#state/slices/view.ts';
import { cellAlong, countShown, slabOf, visibleTypes } from './shown.ts';

const NONE = new Uint32Array(0);
/** At z = -4, -3, … 4; types 0, 1, 2 in turn. */
const positions = Float32Array.from({ length: 27 }, (_, k) => (k % 3 === 2 ? Math.floor(k / 3) - 4 : 0));
const types = { array: new Uint8Array(9).map((_, row) => row % 3), version: 1 };

test('a slice keeps what lies between its planes, of the types that are drawn, and chosen atoms of any type', () => {
  const slab = slabOf({ ...WHOLE_MODEL, on: true, position: 1, thickness: 4 });
  expect(slab).toEqual({ normal: [0, 0, 1], from: -1, to: 3 });
  expect(countShown(positions, { types, visibleTypes: ALL_TYPES, slab }, NONE)).toBe(5);
  const visible = visibleTypes([0]);
  expect(countShown(positions, { types, visibleTypes: visible, slab: null }, NONE)).toBe(6);
  expect(countShown(positions, { types, visibleTypes: visible, slab }, NONE)).toBe(3);
  // Row 6 lies in the slice, row 0 does not; row 4 is drawn anyway.
  expect(countShown(positions, { types, visibleTypes: visible, slab }, Uint32Array.of(0, 4, 6))).toBe(4);
});

test('no slice where it is off', () => {
  expect(slabOf(WHOLE_MODEL)).toBe(null);
});

test('a sheared cell reaches as far as its corners', () => {
  const cell = makeCell([10, 0, 0, 3, 8, 0, -2, 1, 12], [1, 2, 3]);
  expect(cellAlong(cell, 'x')).toEqual({ middle: 6.5, half: 7.5 });
  expect(cellAlong(cell, 'z')).toEqual({ middle: 9, half: 6 });
});
