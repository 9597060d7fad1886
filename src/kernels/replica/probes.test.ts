import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCell } from '#data/cell.ts';
import { buildCellList, type CellList } from '../cellList/cellList.ts';
import { EMPTY_RADIUS, findEmptyProbes, makeProbeGrid, type ProbeGrid, probeCoordinate } from './probes.ts';

/** Distance to the nearest atom or image of one, by looking at all of them. */
function nearest(list: CellList, grid: ProbeGrid, [i, j, k]: readonly number[]): number {
  const { vectors: v, periodic, position, count } = list;
  const f = [
    probeCoordinate(list, grid, 0, i!),
    probeCoordinate(list, grid, 1, j!),
    probeCoordinate(list, grid, 2, k!),
  ];
  const images = periodic.map((repeats) => (repeats ? [-2, -1, 0, 1, 2] : [0]));
  let least = Number.POSITIVE_INFINITY;
  for (const a of images[0]!)
    for (const b of images[1]!)
      for (const c of images[2]!)
        for (let place = 0; place < count; place++) {
          const offset = [0, 1, 2].map(
            (axis) =>
              (f[0]! + a) * v[axis]! +
              (f[1]! + b) * v[3 + axis]! +
              (f[2]! + c) * v[6 + axis]! -
              position[3 * place + axis]!,
          );
          least = Math.min(least, Math.hypot(...offset));
        }
  return least;
}

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const snapshots = fc.record({
  edges: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 5, max: 13, noNaN: true }))),
  skew: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -4, max: 4, noNaN: true }))),
  periodic: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  atoms: fc.array(fc.tuple(part, part, part), { minLength: 1, maxLength: 12 }),
});

test('empty is every probe that has no atom nearer than the radius, in any cell', () => {
  let empty = 0;
  let probes = 0;
  fc.assert(
    fc.property(snapshots, ({ edges, skew, periodic, atoms }) => {
      const vectors = [edges[0]!, 0, 0, skew[0]!, edges[1]!, 0, skew[1]!, skew[2]!, edges[2]!];
      const position = atoms.flatMap((f) =>
        [0, 1, 2].map((axis) => f[0] * vectors[axis]! + f[1] * vectors[3 + axis]! + f[2] * vectors[6 + axis]!),
      );
      const memory = new MemoryLedger();
      const list = buildCellList(Float64Array.from(position), makeCell(vectors, [0, 0, 0], periodic), 4, memory);
      const grid = makeProbeGrid(list, memory);
      const found = findEmptyProbes(list, grid);
      const [nx, ny, nz] = grid.shape;
      const expected: number[] = [];
      for (let i = 0; i < nx; i++)
        for (let j = 0; j < ny; j++)
          for (let k = 0; k < nz; k++) expected.push(nearest(list, grid, [i, j, k]) < EMPTY_RADIUS ? 0 : 1);
      expect([...grid.empty]).toEqual(expected);
      expect(found).toBe(expected.reduce((sum, flag) => sum + flag, 0));
      empty += found;
      probes += expected.length;
    }),
    { seed: 1, numRuns: 60 },
  );
  console.info(`${empty} of ${probes} probes are empty`);
  expect(empty).toBeGreaterThan(probes / 10);
  expect(empty).toBeLessThan(probes * 0.9);
});
