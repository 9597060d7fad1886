import { expect, test } from 'vitest';
import { makeCell, makeCubicCell } from '#data/cell.ts';
import { countMeshPoints } from './mesh.ts';

// |b| of a cube of 10 Å is 0.628 1/Å.
test.each([
  [10, 0.4, 2],
  [8.58, 0.4, 2],
  [10, 0.32, 2],
  [10, 0.31, 3],
  [10, 0.7, 1],
  [2.86, 0.4, 6],
  [10, (2 * Math.PI) / 40, 4],
])('a cube of %f Å at %f 1/Å: %i', (edge, spacing, points) => {
  expect(countMeshPoints(makeCubicCell(edge), spacing)).toEqual([points, points, points]);
});

test('a skew cell: the spacing of planes counts, not the length of an edge', () => {
  // Planes along a are 10 Å apart, whatever the shear of b.
  expect(countMeshPoints(makeCell([10, 0, 0, 0, 5, 0, 0, 10, 20]), 0.4)).toEqual([2, 4, 1]);
  expect(countMeshPoints(makeCell([10, 0, 0, 0, 5, 5, 0, 0, 20]), 0.4)).toEqual([2, 4, 2]);
});
