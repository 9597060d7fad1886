import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCell, planeSpacings } from './cell.ts';
import { withinSphere } from './periodicSphere.ts';

const coordinate = fc.integer({ min: -12_000, max: 12_000 }).map((thousandths) => thousandths / 1000);
const cells = fc
  .tuple(fc.array(coordinate, { minLength: 9, maxLength: 9 }), fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()))
  .map(([vectors, periodic]) => makeCell(vectors, [0, 0, 0], periodic))
  .filter((cell) => Math.min(...planeSpacings(cell)) > 2);

/** Least distance over all images within ten cells: the slow truth. */
function nearestImage(cell: ReturnType<typeof makeCell>, offset: readonly number[]): number {
  const span = (k: number) => (cell.periodic[k] ? 10 : 0);
  let least = Infinity;
  for (let a = -span(0); a <= span(0); a++) {
    for (let b = -span(1); b <= span(1); b++) {
      for (let c = -span(2); c <= span(2); c++) {
        const along = (k: number) =>
          offset[k]! + a * cell.vectors[k]! + b * cell.vectors[3 + k]! + c * cell.vectors[6 + k]!;
        least = Math.min(least, Math.hypot(along(0), along(1), along(2)));
      }
    }
  }
  return least;
}

test('a sphere reaches through periodic walls of any cell, and not through open ones', () => {
  let inside = 0;
  fc.assert(
    fc.property(
      cells,
      fc.array(coordinate, { minLength: 30, maxLength: 30 }),
      fc.integer({ min: 500, max: 9000 }),
      (cell, flat, thousandths) => {
        const positions = Float32Array.from(flat);
        const radius = thousandths / 1000;
        const centre = [positions[0]!, positions[1]!, positions[2]!] as const;
        const belongs = withinSphere(positions, cell, centre, radius);
        expect(belongs(0)).toBe(true);
        for (let row = 1; row < 10; row++) {
          const distance = nearestImage(
            cell,
            [0, 1, 2].map((k) => positions[3 * row + k]! - centre[k]!),
          );
          if (Math.abs(distance - radius) < 1e-6) continue;
          expect(belongs(row)).toBe(distance < radius);
          inside += Number(distance < radius);
        }
      },
    ),
    { seed: 4669, numRuns: 60 },
  );
  expect(inside).toBeGreaterThan(60);
});
