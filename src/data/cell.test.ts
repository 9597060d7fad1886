import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, cellVolume, invertCell, makeCell, makeCubicCell, planeSpacings } from './cell.ts';

const SEED = 314;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Triclinic cells, left- and right-handed, none of them flat. */
const cells = fc
  .tuple(...Array.from({ length: 9 }, () => number(-20, 20)))
  .map((vectors) => makeCell(vectors, [1, 2, 3]))
  .filter((cell) => Math.min(...planeSpacings(cell)) > 0.5);

const vector = (cell: Cell, k: number) => [...cell.vectors.subarray(3 * k, 3 * k + 3)] as [number, number, number];
const cross = ([a, b, c]: [number, number, number], [d, e, f]: [number, number, number]) =>
  [b * f - c * e, c * d - a * f, a * e - b * d] as const;

test('a cubic cell is as wide as its edge', () => {
  const cell = makeCubicCell(2.5);
  expect(cellVolume(cell)).toBe(15.625);
  expect(planeSpacings(cell)).toEqual([2.5, 2.5, 2.5]);
  expect(cell).toMatchObject({ origin: Float64Array.of(0, 0, 0), periodic: [true, true, true] });
  expect([...invertCell(cell)]).toEqual([0.4, 0, 0, 0, 0.4, 0, 0, 0, 0.4]);
});

test('a sheared cell is thinner than its edges', () => {
  // a = (4, 0, 0), b = (3, 4, 0): planes across a lie 16 / 5 apart, those across b 4.
  const cell = makeCell([4, 0, 0, 3, 4, 0, 0, 0, 7]);
  const [a, b, c] = planeSpacings(cell);
  expect(a).toBeCloseTo(3.2, 14);
  expect(b).toBeCloseTo(4, 14);
  expect(c).toBeCloseTo(7, 14);
});

test('a left-handed cell has a negative volume and the same spacings', () => {
  const right = makeCell([4, 0, 0, 3, 4, 0, 1, 1, 7]);
  const left = makeCell([3, 4, 0, 4, 0, 0, 1, 1, 7]);
  expect(cellVolume(left)).toBe(-cellVolume(right));
  const [a, b, c] = planeSpacings(right);
  expect(planeSpacings(left)).toEqual([b, a, c]);
});

test('the inverse undoes the cell, from both sides', () => {
  fc.assert(
    fc.property(cells, (cell) => {
      const inverse = invertCell(cell);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          let [right, left] = [0, 0];
          for (let k = 0; k < 3; k++) {
            right += cell.vectors[3 * i + k]! * inverse[3 * k + j]!;
            left += inverse[3 * i + k]! * cell.vectors[3 * k + j]!;
          }
          expect(right).toBeCloseTo(i === j ? 1 : 0, 9);
          expect(left).toBeCloseTo(i === j ? 1 : 0, 9);
        }
      }
    }),
    { seed: SEED },
  );
});

test('spacings are volume over the area of the other two vectors, and never above the edge', () => {
  fc.assert(
    fc.property(cells, (cell) => {
      planeSpacings(cell).forEach((spacing, k) => {
        const area = Math.hypot(...cross(vector(cell, (k + 1) % 3), vector(cell, (k + 2) % 3)));
        expect(spacing / (Math.abs(cellVolume(cell)) / area)).toBeCloseTo(1, 9);
        expect(spacing).toBeLessThanOrEqual(Math.hypot(...vector(cell, k)) * (1 + 1e-12));
      });
    }),
    { seed: SEED },
  );
});
