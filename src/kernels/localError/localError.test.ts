import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { toEnd } from '#tests/toEnd.ts';
import { farthestOnce, localError } from './localError.ts';

const VECTORS = [11, 0, 0, 3, 9, 0, -2, 1, 10];

test('is what summing over all images within each radius gives, in a triclinic cell', () => {
  const cell = makeCell(VECTORS, [0, 0, 0], [true, true, true]);
  const radius = farthestOnce(cell);
  let met = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -6, max: 6, noNaN: true }))), {
        minLength: 2,
        maxLength: 40,
      }),
      fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
      fc.double({ min: 0.05, max: 0.99, noNaN: true }),
      (points, stream, part) => {
        const positions = Float32Array.from(points.flat());
        const error = Float64Array.from(points, () => stream.next().value as number);
        const found = toEnd(localError(positions, cell, error, 0, radius));
        const asked = part * radius;
        let [sum, atoms] = [0, 0];
        for (let row = 0; row < points.length; row++) {
          for (let a = -3; a <= 3; a++) {
            for (let b = -3; b <= 3; b++) {
              for (let c = -3; c <= 3; c++) {
                const apart = [0, 1, 2].map(
                  (k) =>
                    positions[3 * row + k]! -
                    positions[k]! +
                    a * VECTORS[k]! +
                    b * VECTORS[3 + k]! +
                    c * VECTORS[6 + k]!,
                );
                // The atom itself is met once, not in its images: these are farther than the radius.
                if (Math.hypot(...apart) > asked) continue;
                sum += error[row]!;
                atoms++;
              }
            }
          }
        }
        const within = found.distances.findLastIndex((distance) => distance <= asked);
        met = Math.max(met, atoms);
        expect(within + 1).toBe(atoms);
        expect(found.mean[within]).toBeCloseTo(Math.abs(sum) / atoms, 12);
        expect(found.cutAt).toBeNull();
      },
    ),
    { seed: 16, numRuns: 100 },
  );
  expect(met).toBeGreaterThan(3);
});

test('starts with the error of the atom itself, and ends before an atom without one', () => {
  const cell = makeCell([20, 0, 0, 0, 20, 0, 0, 0, 20], [0, 0, 0], [true, true, true]);
  const positions = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3);
  const found = toEnd(localError(positions, cell, Float32Array.of(-0.4, 0.2, Number.NaN, 1), 0, 9));
  expect([...found.distances]).toEqual([0, 1]);
  expect(found.mean[0]).toBeCloseTo(0.4, 7);
  expect(found.mean[1]).toBeCloseTo(0.1, 7);
  expect(found.cutAt).toBe(2);
});

test('only faces that repeat bound the radius', () => {
  expect(farthestOnce(makeCell([20, 0, 0, 0, 8, 0, 0, 0, 4], [0, 0, 0], [true, true, false]))).toBe(4);
  expect(farthestOnce(makeCell([20, 0, 0, 0, 8, 0, 0, 0, 4], [0, 0, 0], [false, false, false]))).toBe(
    Number.POSITIVE_INFINITY,
  );
});
