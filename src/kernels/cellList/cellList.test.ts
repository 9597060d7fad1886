import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell, planeSpacings } from '#data/cell.ts';
import { buildCellList } from './cellList.ts';
import { NeighbourFinder } from './neighbours.ts';
import { cellArbitrary, numberArbitrary, toCartesian } from './testSupport.ts';

/** Every neighbour of a point by brute force: all images that a sphere of this radius can touch, distances sorted. */
function bruteForce(position: Float64Array, cell: Cell, centre: ArrayLike<number>, radius: number): number[] {
  const spacings = planeSpacings(cell);
  const count = position.length / 3;
  // Positions are not wrapped here, so look one cell further than the plane spacings ask for.
  const images = spacings.map((spacing, k) => (cell.periodic[k] ? Math.ceil(radius / spacing) + 2 : 0));
  const found: number[] = [];
  const v = cell.vectors;
  for (let other = 0; other < count; other++) {
    for (let i = -images[0]!; i <= images[0]!; i++)
      for (let j = -images[1]!; j <= images[1]!; j++)
        for (let k = -images[2]!; k <= images[2]!; k++) {
          let d2 = 0;
          for (let c = 0; c < 3; c++) {
            const shift = i * v[c]! + j * v[3 + c]! + k * v[6 + c]!;
            d2 += (position[3 * other + c]! + shift - centre[c]!) ** 2;
          }
          if (d2 < radius * radius && d2 > 0) found.push(Math.sqrt(d2));
        }
  }
  return found.sort((a, b) => a - b);
}

function distances(finder: NeighbourFinder): number[] {
  return Array.from(finder.distance2.subarray(0, finder.count), Math.sqrt).sort((a, b) => a - b);
}

describe('cell list', () => {
  test('finds what brute force finds in triclinic, thin, open and shifted cells', () => {
    fc.assert(
      fc.property(
        cellArbitrary,
        fc.array(numberArbitrary(-1.5, 2.5), { minLength: 3, maxLength: 60 }),
        numberArbitrary(0.7, 6),
        (cell, fractional, radius) => {
          const position = toCartesian(fractional, cell);
          const count = position.length / 3;
          const list = buildCellList(position, cell, 2, new MemoryLedger());
          const finder = new NeighbourFinder(list);
          for (let place = 0; place < count; place++) {
            const row = list.rowOfPlace[place]!;
            finder.findWithin(place, radius);
            const expected = bruteForce(position, cell, position.subarray(3 * row, 3 * row + 3), radius);
            const found = distances(finder);
            // Wrapping moves distances by rounding; compare as sets with a hair of tolerance at the radius itself.
            const clear = (value: number) => Math.abs(value - radius) > 1e-9 && value > 1e-6;
            expect(found.filter(clear).length).toBe(expected.filter(clear).length);
            expected.filter(clear).forEach((value, k) => {
              expect(found.filter(clear)[k]).toBeCloseTo(value, 8);
            });
          }
        },
      ),
      { numRuns: 150, seed: 20261123 },
    );
  });

  test('finds atoms around any point', () => {
    const point = fc.tuple(numberArbitrary(-1.5, 2.5), numberArbitrary(-1.5, 2.5), numberArbitrary(-1.5, 2.5));
    const points = fc.array(point, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(cellArbitrary, points, point, numberArbitrary(0.7, 6), (cell, fractional, centre, radius) => {
        const shifted = toCartesian(centre, cell);
        const [x, y, z] = shifted.map((value, c) => value - cell.origin[c]!);
        const position = toCartesian(fractional.flat(), cell);
        const finder = new NeighbourFinder(buildCellList(position, cell, 2, new MemoryLedger()));
        finder.findAround(x!, y!, z!, radius);
        const clear = (value: number) => Math.abs(value - radius) > 1e-9 && value > 1e-6;
        const found = distances(finder).filter(clear);
        const expected = bruteForce(position, cell, shifted, radius).filter(clear);
        expect(found.length).toBe(expected.length);
        expected.forEach((value, k) => {
          expect(found[k]).toBeCloseTo(value, 8);
        });
        const any = finder.findAround(x!, y!, z!, radius, 1);
        if (expected.length > 0) expect(any).toBeGreaterThan(0);
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });

  test('one atom in a primitive bcc cell sees 8 + 6 images of itself', () => {
    const a = 2.87;
    const cell = makeCell([-a / 2, a / 2, a / 2, a / 2, -a / 2, a / 2, a / 2, a / 2, -a / 2]);
    const finder = new NeighbourFinder(buildCellList(new Float64Array(3), cell, 2, new MemoryLedger()));
    finder.findNearest(0, 14);
    expect(distances(finder).slice(0, 8)).toEqual(Array(8).fill(expect.closeTo((a * Math.sqrt(3)) / 2, 12)));
    expect(distances(finder).slice(8, 14)).toEqual(Array(6).fill(expect.closeTo(a, 12)));
  });

  test('an open cluster smaller than wanted gives all it has', () => {
    const cell = makeCell([50, 0, 0, 0, 50, 0, 0, 0, 50], [0, 0, 0], [false, false, false]);
    const position = Float64Array.of(1, 1, 1, 49, 49, 49, 25, 3, 7);
    const finder = new NeighbourFinder(buildCellList(position, cell, 2, new MemoryLedger()));
    for (let place = 0; place < 3; place++) expect(finder.findNearest(place, 14)).toBe(2);
  });

  test('atoms on the same spot do not see each other', () => {
    const position = Float64Array.of(1, 1, 1, 1, 1, 1, 2, 1, 1);
    const list = buildCellList(position, makeCubicCell(10), 2, new MemoryLedger());
    const finder = new NeighbourFinder(list);
    const counts = new Map([0, 1, 2].map((place) => [list.rowOfPlace[place]!, finder.findWithin(place, 3)] as const));
    expect([counts.get(0), counts.get(1), counts.get(2)]).toEqual([1, 1, 2]);
  });

  test('gives back the memory it needed only while sorting', () => {
    const memory = new MemoryLedger();
    buildCellList(new Float64Array(3000), makeCubicCell(20), 2, memory);
    expect(memory.entries.map((entry) => entry.name)).not.toContain('fractional coordinates');
  });
});
