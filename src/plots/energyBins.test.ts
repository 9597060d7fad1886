import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toEnd } from '#tests/toEnd.ts';
import { binEnergies } from './energyBins.ts';

test('zero is an edge, and atoms go to the bin of their type', () => {
  const energy = Float64Array.of(-0.5, -0.001, 0, 0.004, 0.4, Number.NaN);
  const { first, width, counts, missing } = toEnd(binEnergies(energy, Uint8Array.of(0, 3, 3, 3, 0, 0)));
  expect(width).toBe(0.01);
  expect(first).toBeCloseTo(-0.5, 12);
  expect(missing).toBe(1);
  expect([counts[3]![49], counts[3]![50], counts[0]![0], counts[0]![90]]).toEqual([1, 2, 1, 1]);
});

test('every finite energy is counted once, between its edges, in at most 101 bins', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5 }), { minLength: 1, maxLength: 300 }),
      fc.double({ min: 1e-6, max: 100, noNaN: true }),
      (list, scale) => {
        const energy = Float64Array.from(list, (value) => value * scale);
        const { first, width, counts, missing } = toEnd(binEnergies(energy, new Uint8Array(energy.length)));
        const total = counts.flatMap((list) => [...list]).reduce((a, b) => a + b, 0);
        expect(total + missing).toBe(energy.length);
        expect(counts[0]!.length).toBeLessThanOrEqual(101);
        for (const [k, count] of counts[0]!.entries()) {
          const inside = energy.filter((e) => e >= first + (k - 1e-6) * width && e <= first + (k + 1 + 1e-6) * width);
          expect(inside.length).toBeGreaterThanOrEqual(count);
        }
      },
    ),
    { seed: 5 },
  );
});

test('all energies equal, and none at all', () => {
  expect(toEnd(binEnergies(Float32Array.of(1, 1, 1), new Uint8Array(3))).counts[0]).toEqual(Uint32Array.of(3));
  const none = toEnd(binEnergies(Float32Array.of(Number.NaN), new Uint8Array(1)));
  expect([none.counts[0]!.length, none.missing]).toEqual([0, 1]);
});
