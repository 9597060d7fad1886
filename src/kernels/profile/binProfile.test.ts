import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellSpan, makeCell, unitVector } from '#data/cell.ts';
import { toEnd } from '#tests/toEnd.ts';
import { binCount, binProfile, type ProfileBins, type ProfileInput } from './binProfile.ts';
import { readDirection } from './direction.ts';

function profile(input: ProfileInput): ProfileBins {
  const bins = toEnd(binProfile(input));
  expect(bins).not.toBeNull();
  return bins!;
}

const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true, noDefaultInfinity: true });

test('is what sorting the atoms into bins by hand gives, values large and near one another included', () => {
  let bins = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(finite, fc.oneof(finite, fc.constant(Number.NaN))), { minLength: 1, maxLength: 80 }),
      fc.double({ min: 5, max: 400, noNaN: true }),
      (atoms, width) => {
        const offset = 1e6;
        const found = profile({
          count: atoms.length,
          along: (row) => atoms[row]![0],
          value: (row) => atoms[row]![1] + offset,
          width,
        });
        const low = Math.min(...atoms.map(([at]) => at));
        expect(found.first).toBe(low);
        expect(found.atoms.reduce((sum, n) => sum + n, 0)).toBe(atoms.length);
        for (let bin = 0; bin < found.atoms.length; bin++) {
          bins++;
          const here = atoms.filter(([at]) => Math.min(found.atoms.length - 1, Math.floor((at - low) / width)) === bin);
          const values = here.map(([, value]) => value + offset).filter((value) => !Number.isNaN(value));
          expect([found.atoms[bin], found.valued[bin]]).toEqual([here.length, values.length]);
          if (values.length === 0) {
            expect(found.mean[bin]).toBeNaN();
            continue;
          }
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          expect(found.mean[bin]).toBeCloseTo(mean, 6);
          expect([found.least[bin], found.most[bin]]).toEqual([Math.min(...values), Math.max(...values)]);
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
          if (values.length < 2) expect(found.standardError[bin]).toBeNaN();
          else expect(found.standardError[bin]).toBeCloseTo(Math.sqrt(variance / values.length), 5);
        }
      },
    ),
    { numRuns: 200, seed: 20261123 },
  );
  expect(bins).toBeGreaterThan(1000);
});

test('bins hold the span asked for; an atom a rounding error beyond it makes no bin of its own', () => {
  const at = [-1e-7, 0, 3.999, 9.9999, 10.0000001, Number.NaN];
  const found = profile({ count: 6, along: (row) => at[row]!, value: () => 1, width: 2, span: [0, 10] });
  expect([...found.atoms]).toEqual([2, 1, 0, 0, 2]);
  expect(found.unplaced).toBe(1);
  expect(found.mean[2]).toBeNaN();
});

test.each([0.0001, 0, Number.NaN])('bins of %d Å would be too many', (width) => {
  const work = binProfile({ count: 2, along: (row) => 10 * row, value: () => 1, width });
  expect(work.next()).toEqual({ done: true, value: null });
});

test.each([
  [0, 10, 2, 5],
  [0, 10.0000001, 2, 5],
  [0, 10.1, 2, 6],
  [0, 0, 2, 1],
])('from %d to %d in bins of %d there are %d', (low, high, width, bins) => {
  expect(binCount(low, high, width)).toBe(bins);
});

test.each([
  ['1 1 0', [1, 1, 0]],
  [' 1, −1,  2 ', [1, -1, 2]],
  ['0.5;0;0', [0.5, 0, 0]],
  ['0 0 0', null],
  ['1 1', null],
  ['1 1 x', null],
  ['', null],
])('%s is read as a direction', (text, direction) => {
  expect(readDirection(text)).toEqual(direction);
});

test('a cell spans a direction by the sum of what its vectors span', () => {
  const cell = makeCell([4, 0, 0, 3, 4, 0, 0, 0, 7], [1, 1, 1]);
  expect(cellSpan(cell, [1, 0, 0])).toEqual({ middle: 4.5, half: 3.5 });
  const { middle, half } = cellSpan(cell, unitVector([0, 1, 1]));
  expect(middle).toBeCloseTo((3 + 4.5) / Math.SQRT2, 12);
  expect(half).toBeCloseTo((4 + 7) / 2 / Math.SQRT2, 12);
});
