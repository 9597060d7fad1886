import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCell, makeCubicCell } from '#data/cell.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { KernelMemory } from '../wasm/kernelMemory.ts';
import { BlockNeighbours } from './blockNeighbours.ts';
import { buildCellList, type CellList } from './cellList.ts';
import { NeighbourFinder } from './neighbours.ts';
import { cellArbitrary, numberArbitrary, toCartesian } from './testSupport.ts';

const COMPONENTS = ['dx', 'dy', 'dz', 'distance2'] as const;

/** What `NeighbourFinder` finds at each place. */
function expectedOf(list: CellList, radius: number): number[][][] {
  const finder = new NeighbourFinder(list);
  return Array.from({ length: list.count }, (_, place) => {
    const count = finder.findWithin(place, radius);
    return COMPONENTS.map((name) => Array.from(finder[name].subarray(0, count)));
  });
}

/** What blocks of this many atoms find. */
function foundBy(list: CellList, radius: number, atoms: number, simd: boolean): number[][][] {
  const neighbours = new BlockNeighbours(new KernelMemory(), list, radius, atoms, simd);
  const found: number[][][] = [];
  for (let from = 0; from < list.count; from += atoms) {
    const to = Math.min(from + atoms, list.count);
    neighbours.find(from, to);
    const start = neighbours.start.view;
    for (let k = 0; k < to - from; k++) {
      found.push(COMPONENTS.map((name) => Array.from(neighbours[name].view.subarray(start[k], start[k + 1]))));
    }
  }
  return found;
}

describe.each([
  ['by WebAssembly', true],
  ['by the reference', false],
])('neighbours of blocks, %s, are those of the finder bit for bit', (_, simd) => {
  const point = fc.tuple(numberArbitrary(-1.5, 2.5), numberArbitrary(-1.5, 2.5), numberArbitrary(-1.5, 2.5));
  // Points of a grid: many at the same distance, on the faces of bins, and on the same spot.
  const gridPoint = fc
    .tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }))
    .map((p) => p.map((i) => i / 4));
  const points = fc.oneof(fc.array(point, { maxLength: 60 }), fc.array(gridPoint, { maxLength: 60 }));

  test('in triclinic, thin, open and shifted cells, however they are cut', () => {
    const block = fc.integer({ min: 1, max: 61 });
    const width = numberArbitrary(0.8, 5);
    fc.assert(
      fc.property(
        cellArbitrary,
        points,
        numberArbitrary(0.7, 6),
        block,
        width,
        (cell, fractional, radius, atoms, w) => {
          const list = buildCellList(toCartesian(fractional.flat(), cell), cell, w, new MemoryLedger());
          expect(foundBy(list, radius, atoms, simd)).toEqual(expectedOf(list, radius));
        },
      ),
      { numRuns: 200, seed: 20261123 },
    );
  });

  test('in a grain boundary model, at several radii', () => {
    const dump = loadDump(FE_GB_2K);
    const list = buildCellList(dump.position, dump.cell, 4, new MemoryLedger());
    for (const [radius, atoms] of [
      [4, 64],
      [2.6, 7],
      [6.5, 500],
    ] as const) {
      expect(foundBy(list, radius, atoms, simd)).toEqual(expectedOf(list, radius));
    }
  });

  test('in a perfect crystal, where the radius is a distance and the thickness of a bin', () => {
    const grid = Array.from({ length: 6 ** 3 }, (_, k) => [k % 6, Math.floor(k / 6) % 6, Math.floor(k / 36)]);
    for (const origin of [0, 1e5, -1 / 3]) {
      const position = Float64Array.from(grid.flat(), (i) => 2.87 * i + origin);
      const list = buildCellList(position, makeCubicCell(6 * 2.87), 2.87, new MemoryLedger());
      expect(foundBy(list, 2.87, 10, simd)).toEqual(expectedOf(list, 2.87));
      expect(foundBy(list, 5.74, 10, simd)).toEqual(expectedOf(list, 5.74));
    }
  });

  test('in a crowd in an empty box: the arrays grow', () => {
    const cell = makeCell([900, 0, 0, 0, 900, 0, 0, 0, 900], [0, 0, 0], [true, false, true]);
    const position = Float64Array.from({ length: 900 }, (_, k) => 450 + 5 * Math.sin(k * k));
    const list = buildCellList(position, cell, 4, new MemoryLedger());
    expect(foundBy(list, 6, 64, simd)).toEqual(expectedOf(list, 6));
    expect(foundBy(list, 6, 64, simd).some(([dx]) => dx!.length > 100)).toBe(true);
  });
});
