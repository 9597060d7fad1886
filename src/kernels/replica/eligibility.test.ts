import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell } from '#data/cell.ts';
import { Control } from '#data/control.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { buildCellList } from '../cellList/cellList.ts';
import { findEligibleCentres, fitsIntoSnapshot } from './eligibility.ts';

const A = 2.87;
type Point = readonly [number, number, number];

/** bcc crystal of nx x ny x nz cells. */
function crystal(nx: number, ny: number, nz: number): Point[] {
  const points: Point[] = [];
  for (let x = 0; x < 2 * nx; x++)
    for (let y = x % 2; y < 2 * ny; y += 2)
      for (let z = x % 2; z < 2 * nz; z += 2) points.push([(x * A) / 2, (y * A) / 2, (z * A) / 2]);
  return points;
}

function judge(points: readonly Point[], cell: Cell, edge = 10) {
  const memory = new MemoryLedger();
  const list = buildCellList(Float64Array.from(points.flat()), cell, 2, memory);
  return findEligibleCentres(list, edge, memory);
}

const box = (x: number, y: number, z: number, periodic: [boolean, boolean, boolean] = [true, true, true]) =>
  makeCell([x, 0, 0, 0, y, 0, 0, 0, z], [0, 0, 0], periodic);

const distance = (p: Point, q: Point) => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);

describe('vacuum', () => {
  test('none in a crystal, nor around a vacancy or a divacancy', () => {
    const points = crystal(6, 6, 6);
    const cell = makeCubicCell(6 * A);
    const middle: Point = [3 * A, 3 * A, 3 * A];
    const second: Point = [2.5 * A, 2.5 * A, 2.5 * A];
    for (const holes of [[], [middle], [middle, second]]) {
      const rest = points.filter((point) => holes.every((hole) => distance(point, hole) > 0.1));
      expect(rest.length).toBe(points.length - holes.length);
      const { mask, barred } = judge(rest, cell);
      expect(barred).toEqual([]);
      expect(mask.every((value) => value === 1)).toBe(true);
    }
  });

  test('a hole of 65 atoms bars the atoms around it only', () => {
    const hole: Point = [6 * A, 6 * A, 6 * A];
    const points = crystal(12, 12, 12).filter((point) => distance(point, hole) > 2.01 * A);
    const { mask, barred } = judge(points, makeCubicCell(12 * A));
    expect(barred).toEqual([{ reason: 'cube overlaps vacuum', count: mask.filter((value) => value === 0).length }]);
    points.forEach((point, row) => {
      const away = Math.max(...point.map((value, k) => Math.abs(value - hole[k]!)));
      // The cube reaches 5 Å; the hole has a radius of 5.7 to 6.2 Å.
      if (away < 7) expect(mask[row]).toBe(0);
      if (away > 11.3) expect(mask[row]).toBe(1);
    });
  });

  test.each([0, 0.37, 1.1, 1.9])('a slab with 15 Å of vacuum: atoms near the surfaces (shifted by %d Å)', (shift) => {
    const layers = 16;
    const height = layers * A - A / 2;
    const points = crystal(4, 4, layers).map(([x, y, z]) => [x, y, z + shift] as const);
    const { mask, barred } = judge(points, box(4 * A, 4 * A, height + 15));
    expect(barred.map(({ reason }) => reason)).toEqual(['cube overlaps vacuum']);
    points.forEach(([, , z], row) => {
      const depth = Math.min(z - shift, height + shift - z);
      if (depth < 2.9) expect(mask[row]).toBe(0);
      if (depth > 5.01) expect(mask[row]).toBe(1);
    });
    expect(mask.filter((value) => value === 1).length).toBeGreaterThan(points.length / 2);
  });
});

describe('open boundaries', () => {
  test('bar atoms whose cube reaches past the outermost atoms, however far the faces of the box are', () => {
    const points = crystal(4, 4, 16);
    const height = 16 * A - A / 2;
    for (const margin of [0.5, 3, 40]) {
      const { mask, barred } = judge(points, box(4 * A, 4 * A, height + margin, [true, true, false]));
      const expected = points.map(([, , z]) => (Math.min(z, height - z) < 5 ? 0 : 1));
      expect(Array.from(mask)).toEqual(expected);
      expect(barred).toEqual([
        { reason: 'cube reaches past an open boundary', count: expected.filter((value) => value === 0).length },
      ]);
    }
  });
});

describe('a cube wider than the snapshot', () => {
  test('bars all atoms; exactly as wide is fine', () => {
    const points = crystal(4, 4, 4);
    const cell = makeCubicCell(4 * A);
    expect(judge(points, cell, 4 * A).barred).toEqual([]);
    const { mask, barred } = judge(points, cell, 4 * A + 0.01);
    expect(barred).toEqual([{ reason: 'cube wider than the snapshot', count: points.length }]);
    expect(mask.some((value) => value === 1)).toBe(false);
  });

  const fits = (cell: Cell, edge: number) =>
    fitsIntoSnapshot(buildCellList(new Float64Array(3), cell, 2, new MemoryLedger()), edge);

  test('one thin periodic direction is enough, an open one does not count', () => {
    expect(fits(box(30, 9.9, 30), 10)).toBe(false);
    expect(fits(box(30, 9.9, 30, [true, false, true]), 10)).toBe(true);
  });

  test('depends on the lattice, not on the cell that describes it', () => {
    expect(fits(makeCell([12, 0, 0, 48, 12, 0, 0, 48, 12]), 12)).toBe(true);
    expect(fits(makeCell([12, 0, 0, 48, 12, 0, 0, 48, 12]), 12.1)).toBe(false);
    // A square of 12 Å turned by 45°: its vectors reach 8.5 Å along x and y.
    const s = 12 * Math.SQRT1_2;
    expect(fits(makeCell([s, s, 0, -s, s, 0, 0, 0, 30]), 8.4)).toBe(true);
    expect(fits(makeCell([s, s, 0, -s, s, 0, 0, 0, 30]), 8.6)).toBe(false);
  });
});

describe('grain boundaries', () => {
  test('fe-gb-2k: every atom can be cut out', () => {
    const dump = loadDump(FE_GB_2K);
    const memory = new MemoryLedger();
    const list = buildCellList(dump.position, dump.cell, 2, memory);
    const control = new Control();
    const { mask, barred } = findEligibleCentres(list, 14, memory, control);
    expect(barred).toEqual([]);
    expect(mask.every((value) => value === 1)).toBe(true);
    expect(control.progress.done).toBe(control.progress.total);
    expect(memory.entries.map((entry) => entry.name)).not.toContain('empty space');
  });

  const large = process.env.GRAINSCOPE_LARGE === '1' ? ['fe-gb-1m'] : [];
  test.skipIf(!hasShared).each(['fe-gb-128k', 'fe-gb-128k-1400K', ...large])(needsShared('%s too'), (name) => {
    const dump = loadDump(sharedPath(`data/${name}.dump.gz`));
    const memory = new MemoryLedger();
    const list = buildCellList(dump.position, dump.cell, 2, memory);
    const start = performance.now();
    expect(findEligibleCentres(list, 10, memory).barred).toEqual([]);
    console.info(`${name}: ${((1000 * (performance.now() - start)) / list.count).toFixed(2)} µs an atom`);
  });
});
