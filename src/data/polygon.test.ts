import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxCorners, makePolygon } from './polygon.ts';

const SEED = 1618;
/** Evenly over the square: doubles of fast-check crowd about zero. */
const coordinate = fc.integer({ min: -10_000, max: 10_000 }).map((thousandths) => thousandths / 1000);

/** The winding number about a point, by summing angles: odd where the even-odd rule says inside. */
function turnsAround(corners: readonly number[], x: number, y: number): number {
  let sum = 0;
  for (let k = 0; k < corners.length; k += 2) {
    const [ax, ay] = [corners[k]! - x, corners[k + 1]! - y];
    const next = (k + 2) % corners.length;
    const [bx, by] = [corners[next]! - x, corners[next + 1]! - y];
    sum += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return Math.round(sum / (2 * Math.PI));
}

/** Least distance of a point from the outline. */
function distanceTo(corners: readonly number[], x: number, y: number): number {
  let least = Infinity;
  for (let k = 0; k < corners.length; k += 2) {
    const [ax, ay] = [corners[k]!, corners[k + 1]!];
    const next = (k + 2) % corners.length;
    const [dx, dy] = [corners[next]! - ax, corners[next + 1]! - ay];
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return least;
}

test('inside is where the outline goes around an odd number of times, however it crosses itself', () => {
  let inside = 0;
  const corners = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(
      corners,
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 20, maxLength: 20 }),
      (outline, points) => {
        const flat = outline.flat();
        const polygon = makePolygon(flat);
        for (const [x, y] of points) {
          if (distanceTo(flat, x, y) < 1e-9) continue;
          const expected = Math.abs(turnsAround(flat, x, y)) % 2 === 1;
          expect(polygon.contains(x, y)).toBe(expected);
          inside += Number(expected);
        }
      },
    ),
    { seed: SEED, numRuns: 300 },
  );
  expect(inside).toBeGreaterThan(500);
});

test('a box in either direction, its notch, and what is no point', () => {
  for (const box of [boxCorners(1, 2, 5, 4), boxCorners(5, 4, 1, 2)]) {
    const { contains } = makePolygon(box);
    expect(contains(3, 3)).toBe(true);
    for (const [x, y] of [
      [0.9, 3],
      [5.1, 3],
      [3, 1.9],
      [3, 4.1],
      [NaN, 3],
      [3, NaN],
    ] as const) {
      expect(contains(x, y)).toBe(false);
    }
  }
  const notched = makePolygon([0, 0, 4, 0, 4, 4, 2, 1, 0, 4]);
  expect(notched.contains(2, 0.5)).toBe(true);
  expect(notched.contains(2, 2)).toBe(false);
  // Without any height there is no inside.
  expect(makePolygon([0, 1, 4, 1, 2, 1]).contains(2, 1)).toBe(false);
});
