import { expect, test } from 'vitest';
import type { Slice } from '#state/slices/clips.ts';
import { WHOLE_MODEL } from '#state/slices/clips.ts';
import { endOf, type Grip, movedSlice, placeOfGrip } from './slabDrag.ts';

const slab = (position: number, thickness: number | null): Slice => ({ ...WHOLE_MODEL.slice, position, thickness });

test.each<[string, Slice, Grip, number, number, number | null]>([
  ['the middle moves all', slab(0, 10), 'middle', 3.14, 3.1, 10],
  ['and stops at the walls', slab(20, 10), 'middle', 99, 30, 10],
  ['wherever it is asked to go', slab(20, 10), 'middle', Number.NEGATIVE_INFINITY, -30, 10],
  ['a single plane moves', slab(0, null), 'middle', -2, -2, null],
  ['the upper face moves alone', slab(0, 10), 'upper', 3, 1.5, 13],
  ['the lower one too', slab(0, 10), 'lower', 3, 1.5, 7],
  ['it stops at the wall', slab(20, 10), 'upper', 40, 22.5, 15],
  ['and before the other', slab(0, 10), 'upper', -40, -4.75, 0.5],
  ['from below as well', slab(0, 10), 'lower', 40, 4.75, 0.5],
  ['a face beyond the wall starts at the wall', slab(0, 100), 'upper', -10, -15, 70],
])('%s', (_, slice, grip, by, position, thickness) => {
  expect(movedSlice(slice, grip, by, 30, 1)).toEqual({ position, thickness });
});

test('handles lie within the walls', () => {
  expect(placeOfGrip(slab(3, 10), 'lower', 30)).toBe(-2);
  expect(placeOfGrip(slab(3, 100), 'lower', 30)).toBe(-30);
  expect(placeOfGrip(slab(99, null), 'middle', 30)).toBe(30);
  expect(endOf(29.7)).toBe(30);
});
