import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCell, makeCubicCell, planeSpacings } from './cell.ts';
import { angleBetween, measureAtoms, nearestImage } from './nearestImage.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Triclinic cells, some of them very oblique, with any directions open. */
const cells = fc
  .tuple(fc.array(number(-6, 6), { minLength: 9, maxLength: 9 }), fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()))
  .map(([vectors, periodic]) => makeCell(vectors, [0, 0, 0], periodic))
  .filter((cell) => Math.min(...planeSpacings(cell)) > 1);

test('is the shortest of all images, in oblique and open cells', () => {
  let shorterThanRounded = 0;
  fc.assert(
    fc.property(cells, fc.tuple(number(-9, 9), number(-9, 9), number(-9, 9)), (cell, vector) => {
      const v = cell.vectors;
      const reach = planeSpacings(cell).map((spacing, k) =>
        cell.periodic[k] ? Math.ceil((2 * Math.hypot(...vector)) / spacing) + 2 : 0,
      );
      let least = Number.POSITIVE_INFINITY;
      for (let a = -reach[0]!; a <= reach[0]!; a++)
        for (let b = -reach[1]!; b <= reach[1]!; b++)
          for (let c = -reach[2]!; c <= reach[2]!; c++) {
            const along = (k: number) => vector[k]! + a * v[k]! + b * v[3 + k]! + c * v[6 + k]!;
            least = Math.min(least, Math.hypot(along(0), along(1), along(2)));
          }
      expect(Math.hypot(...nearestImage(vector, cell))).toBeCloseTo(least, 9);
      const naive = makeCell(cell.vectors, [0, 0, 0], [false, false, false]);
      if (least < Math.hypot(...nearestImage(vector, naive)) - 1e-9) shorterThanRounded++;
    }),
    { numRuns: 200, seed: 314 },
  );
  expect(shorterThanRounded).toBeGreaterThan(10);
});

test('in an oblique cell the image of nearest fractions is not the nearest', () => {
  // a = (10, 0, 0), b = (9, 3, 0): the fractions of (5, 1.2, 0) are 0.14 and 0.4, yet its image by a - b is nearer to -b.
  const cell = makeCell([10, 0, 0, 9, 3, 0, 0, 0, 10]);
  const [x, y, z] = nearestImage([5, 1.2, 0], cell);
  expect(x).toBeCloseTo(-4, 12);
  expect(y).toBeCloseTo(-1.8, 12);
  expect(z).toBe(0);
});

test('angles are exact at both ends and in the middle', () => {
  expect(angleBetween([1, 0, 0], [0, 2, 0])).toBeCloseTo(90, 12);
  expect(angleBetween([1, 0, 0], [3, 0, 0])).toBe(0);
  expect(angleBetween([1, 0, 0], [-3, 0, 0])).toBeCloseTo(180, 12);
  expect(angleBetween([1, 0, 0], [1, 1e-8, 0])).toBeCloseTo((1e-8 * 180) / Math.PI, 16);
  expect(angleBetween([1, 0, 0], [0, 0, 0])).toBeNaN();
});

test('a chain crosses the faces of the cell', () => {
  const cell = makeCubicCell(10);
  const position = Float64Array.of(0.5, 0, 0, 9.5, 0, 0, 9.5, 9, 0);
  const { points, distances, angle } = measureAtoms(position, [0, 1, 2], cell);
  expect(points).toEqual([
    [0.5, 0, 0],
    [-0.5, 0, 0],
    [-0.5, -1, 0],
  ]);
  expect(distances).toEqual([1, 1]);
  expect(angle).toBeCloseTo(90, 12);
  expect(measureAtoms(position, [0, 1], cell).angle).toBeNull();
  expect(measureAtoms(position, [0], cell)).toEqual({ points: [[0.5, 0, 0]], distances: [], angle: null });
});
