import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell, planeSpacings } from '#data/cell.ts';
import { buildCellList } from '../cellList/cellList.ts';
import { cellArbitrary, numberArbitrary, toCartesian } from '../cellList/testSupport.ts';
import { binSet, SetDistance, usefulBinWidth } from './boundaryDistance.ts';

function measure(position: Float64Array, cell: Cell, members: ReadonlySet<number>, width: number): Float32Array {
  const memory = new MemoryLedger();
  const list = buildCellList(position, cell, width, memory);
  const set = binSet(list, (row) => members.has(row), memory);
  const out = new Float32Array(list.count);
  const distance = new SetDistance(set);
  let atoms = 0;
  for (let bin = 0; bin < list.binStart.length - 1; bin++) atoms += distance.measureBin(bin, out);
  expect(atoms).toBe(list.count);
  return out;
}

/** Nearest member of every atom over all images that can matter: `reach` bounds the answer. */
function bruteForce(position: Float64Array, cell: Cell, members: ReadonlySet<number>, row: number): number {
  if (members.has(row)) return 0;
  const v = cell.vectors;
  const plain = (other: number) => [0, 1, 2].map((c) => position[3 * other + c]! - position[3 * row + c]!);
  const bound = Math.min(...[...members].map((other) => Math.hypot(...plain(other))));
  const images = planeSpacings(cell).map((spacing, k) => (cell.periodic[k] ? Math.ceil(bound / spacing) + 4 : 0));
  let least = Number.POSITIVE_INFINITY;
  for (const other of members) {
    const [x, y, z] = plain(other) as [number, number, number];
    for (let i = -images[0]!; i <= images[0]!; i++)
      for (let j = -images[1]!; j <= images[1]!; j++)
        for (let k = -images[2]!; k <= images[2]!; k++) {
          const shift = (c: number) => i * v[c]! + j * v[3 + c]! + k * v[6 + c]!;
          least = Math.min(least, Math.hypot(x + shift(0), y + shift(1), z + shift(2)));
        }
  }
  return least;
}

describe('distance from a set', () => {
  test('is what brute force finds in triclinic, thin, open and shifted cells, whatever the bins', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        cellArbitrary,
        fc.array(numberArbitrary(-0.5, 1.5), { minLength: 6, maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        numberArbitrary(0.4, 5),
        (cell, fractional, every, width) => {
          const position = toCartesian(fractional, cell);
          const count = position.length / 3;
          const members = new Set(Array.from({ length: count }, (_, row) => row).filter((row) => row % every === 0));
          const found = measure(position, cell, members, width);
          for (let row = 0; row < count; row++) {
            expect(found[row]).toBeCloseTo(bruteForce(position, cell, members, row), 4);
            compared++;
          }
        },
      ),
      { numRuns: 300, seed: 20261123 },
    );
    expect(compared).toBeGreaterThan(500);
  }, 60_000);

  test('one member far away in a fine grid: the search goes as far as it has to', () => {
    const cell = makeCubicCell(40);
    const position = Float64Array.of(1, 1, 1, 21, 21, 21, 39, 1, 1, 20, 1, 1);
    expect([...measure(position, cell, new Set([0]), 1)]).toEqual([0, Math.fround(Math.sqrt(1200)), 2, 19]);
    const open = makeCell(cell.vectors, [0, 0, 0], [false, false, false]);
    expect([...measure(position, open, new Set([0]), 1)]).toEqual([0, Math.fround(Math.sqrt(1200)), 38, 19]);
  });

  test('without any member there is no distance', () => {
    expect([...measure(Float64Array.of(1, 1, 1, 2, 2, 2), makeCubicCell(9), new Set(), 3)]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
  });

  test('bins hold about one member each', () => {
    expect(usefulBinWidth(8000, 8)).toBeCloseTo(10, 12);
    expect(usefulBinWidth(8000, 0)).toBeCloseTo(20, 12);
  });
});
