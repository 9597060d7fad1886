import { expect, test } from 'vitest';
import { cellSpan, makeCell } from '#data/cell.ts';
import { WHOLE_BOX, WHOLE_MODEL } from '#state/slices/clips.ts';
import { clipsOf, planeNormal } from './cuts.ts';

const cell = makeCell([10, 0, 0, 3, 8, 0, -2, 1, 12], [1, 2, 3]);

test('nothing is cut of a whole model', () => {
  expect(clipsOf(WHOLE_MODEL, cell)).toEqual([]);
  expect(clipsOf({ ...WHOLE_MODEL, clipBox: WHOLE_BOX }, cell)).toEqual([]);
});

test('a slice between two planes, and all beyond one', () => {
  const slice = { ...WHOLE_MODEL.slice, on: true, position: 1, thickness: 4 };
  expect(clipsOf({ ...WHOLE_MODEL, slice }, cell)).toEqual([{ kind: 'slab', normal: [0, 0, 1], from: -1, to: 3 }]);
  const [half] = clipsOf({ ...WHOLE_MODEL, slice: { ...slice, thickness: null } }, cell);
  expect(half).toMatchObject({ from: 1 });
});

test('planes of a cell contain its other two vectors, on the side of the third', () => {
  const [a, b, c] = [
    [10, 0, 0],
    [3, 8, 0],
    [-2, 1, 12],
  ] as const;
  const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, value, axis) => sum + value * q[axis]!, 0);
  const normal = planeNormal([1, 0, 0], cell);
  expect(Math.hypot(...normal)).toBeCloseTo(1, 12);
  expect([dot(normal, b), dot(normal, c)].map((value) => Math.abs(value) < 1e-12)).toEqual([true, true]);
  expect(dot(normal, a)).toBeGreaterThan(0);
  const leftHanded = makeCell([10, 0, 0, 0, 8, 0, 0, 0, -12], [0, 0, 0]);
  expect(planeNormal([0, 0, 1], leftHanded)[2]).toBe(-1);
  // (111) meets the ends of all three vectors.
  const all = planeNormal([1, 1, 1], cell);
  expect(dot(all, a)).toBeCloseTo(dot(all, b), 12);
  expect(dot(all, a)).toBeCloseTo(dot(all, c), 12);
});

test('a box cuts by parts of the edges, and not at the walls', () => {
  const clips = clipsOf({ ...WHOLE_MODEL, clipBox: { from: [0, 0.25, 0], to: [1, 1, 1] } }, cell);
  expect(clips).toHaveLength(1);
  const [clip] = clips;
  if (clip?.kind !== 'slab') throw new Error('expected a slab');
  expect(clip.to).toBeGreaterThan(1e5);
  // A quarter of the way along the second vector, from the centre of the cell: -b/4.
  expect(clip.from).toBeCloseTo(-0.25 * (3 * clip.normal[0] + 8 * clip.normal[1]), 12);
});

test('a sheared cell reaches as far as its corners', () => {
  expect(cellSpan(cell, [1, 0, 0])).toEqual({ middle: 6.5, half: 7.5 });
  expect(cellSpan(cell, [0, 0, 1])).toEqual({ middle: 9, half: 6 });
});
