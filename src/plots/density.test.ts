import { expect, test } from 'vitest';
import { toEnd } from '#tests/toEnd.ts';
import { binAtoms, paintBins } from './density.ts';
import type { AtomPlane } from './figureSpec.ts';

function planeOf(points: readonly (readonly [number, number])[]): AtomPlane {
  return {
    count: points.length,
    x: (row) => points[row]![0],
    y: (row) => points[row]![1],
    panels: [['x', 'y']],
    density: '#000000',
  };
}

function counted(plane: AtomPlane, width: number, height: number) {
  return toEnd(binAtoms(plane, [0, 4], [0, 2], width, height));
}

test('every atom in the window is counted once, the first row at the top', () => {
  const plane = planeOf([
    [0.5, 1.5],
    [0.6, 1.9],
    [3.9, 0.1],
    [2, 0.999],
  ]);
  expect([...counted(plane, 4, 2).counts]).toEqual([2, 0, 0, 0, 0, 0, 1, 1]);
});

test('atoms beside the window, and those without coordinates, are not', () => {
  const plane = planeOf([
    [-0.01, 1],
    [4, 1],
    [1, 2.01],
    [1, -0.01],
    [Number.NaN, 1],
    [1, Number.NaN],
  ]);
  expect(counted(plane, 8, 8).counts.every((atoms) => atoms === 0)).toBe(true);
});

test('more than a chunk of atoms adds up', () => {
  const points = Array.from({ length: 200_000 }, (_, k) => [(k % 4) + 0.5, 1] as const);
  expect([...counted(planeOf(points), 4, 1).counts]).toEqual([50_000, 50_000, 50_000, 50_000]);
});

test('an empty bin is clear, one atom can be seen, and more atoms are more opaque', () => {
  const pixels = paintBins({ width: 4, height: 1, counts: Uint32Array.of(0, 1, 30, 900) }, '#0a0b0c');
  const alphas = [3, 7, 11, 15].map((at) => pixels[at]!);
  expect(alphas[0]).toBe(0);
  expect(alphas[1]).toBeGreaterThan(30);
  expect(alphas[2]! - alphas[1]!).toBeCloseTo(alphas[3]! - alphas[2]!, -1);
  expect([...pixels.slice(4, 7)]).toEqual([10, 11, 12]);
});
