import { describe, expect, test } from 'vitest';
import type { ScaleChoice } from '#state/slices/colouring.ts';
import { COLOUR_MAPS } from './maps.ts';
import { fractionOf, makeScale, scaleColour } from './scale.ts';

const PLAIN: ScaleChoice = {
  reversed: false,
  steps: null,
  logarithmic: false,
  symmetric: false,
  trim: 0,
  low: null,
  high: null,
  markBeyond: true,
};
const { viridis, blueRed } = COLOUR_MAPS;
const scaleOf = (values: readonly number[], choice: Partial<ScaleChoice> = {}, map = viridis) =>
  makeScale(Float64Array.from(values), map as typeof viridis, { ...PLAIN, ...choice })!;

describe('colour scale', () => {
  test('ends that are given go before those of the values, in either order', () => {
    expect(scaleOf([1, 2, 5]).range).toEqual([1, 5]);
    expect(scaleOf([1, 2, 5], { high: 3 }).range).toEqual([1, 3]);
    expect(scaleOf([1, 2, 5], { low: 9, high: 3 }).range).toEqual([3, 9]);
  });

  test('values beyond the ends, and missing ones, are counted and have colours of their own', () => {
    const scale = scaleOf([-1, 0, 1, 2, 3, 4, Number.NaN], { low: 0, high: 2 });
    expect(scale.counts).toEqual({ below: 1, above: 2, missing: 1 });
    expect([scale.below, scale.above]).not.toContain(scaleColour(0, scale));
    expect(scaleColour(-1, scale)).toBe(scale.below);
    expect(scaleColour(3, scale)).toBe(scale.above);
    expect(scaleColour(Number.NaN, scale)).toBe(null);
    const clamped = scaleOf([0, 1, 2], { high: 1, markBeyond: false });
    expect(scaleColour(2, clamped)).toBe(scaleColour(1, clamped));
  });

  test('reversed, the ends change places', () => {
    const scale = scaleOf([0, 1]);
    const reversed = scaleOf([0, 1], { reversed: true });
    expect([scaleColour(0, reversed), scaleColour(1, reversed)]).toEqual([
      scaleColour(1, scale),
      scaleColour(0, scale),
    ]);
  });

  test('in steps there are so many colours, both ends of the map among them', () => {
    const scale = scaleOf([0, 1], { steps: 5 });
    const colours = Array.from({ length: 1001 }, (_, k) => scaleColour(k / 1000, scale));
    expect(new Set(colours).size).toBe(5);
    expect([colours[0], colours[1000]]).toEqual(['#440154', '#fde725']);
    for (const colour of new Set(colours))
      expect(colours.filter((other) => other === colour).length).toBeCloseTo(200, -1);
  });

  test('a logarithmic scale has decades of one length, and no place for what is not positive', () => {
    const scale = scaleOf([-3, 0, 0.01, 0.1, 100], { logarithmic: true, symmetric: true });
    expect(scale.range).toEqual([0.01, 100]);
    expect(scale.counts.missing).toBe(2);
    expect(fractionOf(1, scale)).toBeCloseTo(0.5, 12);
    expect(scaleColour(0, scale)).toBe(null);
    expect(makeScale(Float64Array.of(-1, 0), viridis, { ...PLAIN, logarithmic: true })).toBe(null);
    expect(scaleOf([1, 10], { logarithmic: true, low: -5 }).range).toEqual([1, 10]);
  });

  test('about zero both ends are as far away', () => {
    expect(scaleOf([-1, 3], { symmetric: true }, blueRed as never).range).toEqual([-3, 3]);
  });

  test('a constant column has the middle colour', () => {
    const scale = scaleOf([7, 7]);
    expect(scaleColour(7, scale)).toBe(scaleColour(0.502, scaleOf([0, 1])));
  });
});
