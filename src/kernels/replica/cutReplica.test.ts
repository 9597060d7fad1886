import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell } from '#data/cell.ts';
import { Control } from '#data/control.ts';
import { rowOfId } from '#data/snapshot.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { type LoadedDump, loadDump } from '#tests/loadDump.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { buildCellList } from '../cellList/cellList.ts';
import { cutReplicas, type ReplicaCell, type ReplicaOptions } from './cutReplica.ts';

const PAPER: ReplicaOptions = { edge: 10, minDistance: 2.2, seam: 'new-pairs' };
const ALL_PAIRS: ReplicaOptions = { ...PAPER, seam: 'all-pairs' };

function listOf(position: Float64Array, cell: Cell) {
  return buildCellList(position, cell, 2, new MemoryLedger());
}

/** Replica cells of atoms by id. */
function cutIds(dump: LoadedDump, ids: readonly number[], options: ReplicaOptions): ReplicaCell[] {
  const rows = ids.map((id) => rowOfId(dump.ids, id));
  return [...cutReplicas(listOf(dump.position, dump.cell), rows, options).values()];
}

const idsOf = (dump: LoadedDump, cell: ReplicaCell) => Array.from(cell.rows, (row) => dump.ids[row]);

interface Reference {
  readonly id: number;
  readonly cut: number;
  readonly removed: number;
  readonly shortest: number;
  readonly ids?: readonly number[];
}

function compare(dump: LoadedDump, reference: readonly Reference[]): void {
  const cells = cutIds(
    dump,
    reference.map(({ id }) => id),
    ALL_PAIRS,
  );
  expect(cells.length).toBe(reference.length);
  const found = cells.map((cell, k) => ({
    id: dump.ids[cell.centreRow],
    cut: cell.cutCount,
    removed: cell.dropped.length,
    shortest: Number(cell.shortestDistance.toFixed(4)),
    ...(reference[k]!.ids ? { ids: idsOf(dump, cell) } : {}),
  }));
  expect(found).toEqual(reference);
}

const small = loadDump(FE_GB_2K);

describe('every-pair rule against the script that cut the reference cells', () => {
  test('40 cells of fe-gb-2k: counts, shortest distance, atoms and their order', () => {
    const fixture = readFileSync(new URL('./fixtures/all-pairs-fe-gb-2k.json', import.meta.url), 'utf8');
    compare(small, JSON.parse(fixture) as Reference[]);
  });

  test.skipIf(!hasShared)(needsShared('150 cells of fe-gb-16k, four of them atom by atom'), () => {
    const dump = loadDump(sharedPath('data/fe-gb-16k.dump.gz'));
    const manifest = JSON.parse(readFileSync(sharedPath('reference/dft/lammps/manifest.json'), 'utf8')) as {
      id: number;
      n_cut: number;
      removed: number;
      dmin: number;
    }[];
    expect(manifest.length).toBe(150);
    compare(
      dump,
      manifest.map((entry) => ({ id: entry.id, cut: entry.n_cut, removed: entry.removed, shortest: entry.dmin })),
    );
    let worst = 0;
    for (const id of [1472, 2551, 7102, 8686]) {
      const folder = sharedPath(`reference/dft/lammps/cells/${String(id).padStart(6, '0')}`);
      const cell = cutIds(dump, [id], ALL_PAIRS)[0]!;
      expect(idsOf(dump, cell)).toEqual(readFileSync(`${folder}/ids.txt`, 'utf8').trim().split('\n').map(Number));
      const atoms = readFileSync(`${folder}/cell.data`, 'utf8').split('Atoms # atomic')[1]!.trim().split('\n');
      expect(atoms.length).toBe(cell.rows.length);
      atoms.forEach((line, k) => {
        const expected = line.trim().split(/\s+/).slice(2).map(Number);
        expected.forEach((value, c) => {
          worst = Math.max(worst, Math.abs(value - cell.position[3 * k + c]!));
        });
      });
    }
    console.info(`coordinates of four cells: largest deviation ${worst.toExponential(1)} Å (files have 5 decimals)`);
    expect(worst).toBeLessThan(5.1e-6);
  });

  test.skipIf(!hasShared)(needsShared('atoms in the 100 cells of replica-energies.csv'), () => {
    const dump = loadDump(sharedPath('data/fe-gb-16k.dump.gz'));
    const lines = readFileSync(sharedPath('reference/replica-energies.csv'), 'utf8').trim().split('\n').slice(1);
    const rows = lines.map((line) => line.split(',').map(Number));
    expect(rows.length).toBe(100);
    const ids = rows.map((row) => row[0]!);
    expect(cutIds(dump, ids, ALL_PAIRS).map((cell) => cell.rows.length)).toEqual(rows.map((row) => row[3]));
  });
});

/** Shortest distance of two atoms of a cell across any of its faces. */
function shortestAcross(cell: ReplicaCell): number {
  let shortest2 = Number.POSITIVE_INFINITY;
  const shifts = [-cell.edge, 0, cell.edge];
  for (let q = 1; q < cell.rows.length; q++) {
    for (let p = 0; p < q; p++) {
      const apart = (c: number) => cell.position[3 * q + c]! - cell.position[3 * p + c]!;
      const [dx, dy, dz] = [apart(0), apart(1), apart(2)];
      for (const x of shifts)
        for (const y of shifts)
          for (const z of shifts)
            if (x !== 0 || y !== 0 || z !== 0)
              shortest2 = Math.min(shortest2, (dx + x) ** 2 + (dy + y) ** 2 + (dz + z) ** 2);
    }
  }
  return Math.sqrt(shortest2);
}

function checkNewPairs(cell: ReplicaCell, options: ReplicaOptions): void {
  expect(cell.rows[0]).toBe(cell.centreRow);
  expect(Array.from(cell.position.subarray(0, 3))).toEqual(Array(3).fill(options.edge / 2));
  expect(cell.rows.length + cell.dropped.length).toBe(cell.cutCount);
  expect(cell.dropped.map(({ row }) => row)).not.toContain(cell.centreRow);
  expect(cell.dropped.every(({ distance }) => distance < options.minDistance)).toBe(true);
  const fromCentre = (k: number) => Math.hypot(...[0, 1, 2].map((c) => cell.position[3 * k + c]! - options.edge / 2));
  for (let k = 1; k < cell.rows.length; k++) expect(fromCentre(k) - fromCentre(k - 1)).toBeGreaterThan(-2e-8);
  const shortest = shortestAcross(cell);
  expect(shortest).toBeGreaterThanOrEqual(options.minDistance);
  // Beyond half the edge two atoms may be nearer to each other inside the cube than across its faces.
  if (shortest < options.edge / 2) expect(cell.shortestSeamDistance).toBeCloseTo(shortest, 9);
  else expect(cell.shortestSeamDistance).toBeGreaterThanOrEqual(options.edge / 2);
  expect(cell.position.every((value) => value >= 0 && value < options.edge)).toBe(true);
}

describe('new-pairs rule', () => {
  test('holds in every 60th cell of fe-gb-2k', () => {
    const ids = Array.from(small.ids).filter((_, row) => row % 60 === 0);
    for (const options of [PAPER, { ...PAPER, edge: 9, minDistance: 1.9 }, { ...PAPER, edge: 14, minDistance: 2.4 }]) {
      for (const cell of cutIds(small, ids, options)) checkNewPairs(cell, options);
    }
  });

  test('holds in random gases, whose real close pairs stay', () => {
    const number = fc.double({ min: 0, max: 12, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { minLength: 2, maxLength: 60 }), (points) => {
        const options = { ...PAPER, edge: 9 };
        const list = listOf(Float64Array.from(points.flat()), makeCubicCell(12));
        for (const cell of cutReplicas(list, [0, points.length - 1], options).values()) {
          checkNewPairs(cell, options);
          const kept = new Set(cell.rows);
          for (const { row, partnerRow, distance } of cell.dropped) {
            expect(kept.has(row)).toBe(false);
            expect(distance).toBeLessThan(options.minDistance);
            expect(directDistance(points, row, partnerRow, cell.centreRow)).toBeGreaterThan(options.minDistance);
          }
        }
      }),
      { numRuns: 100, seed: 20261123 },
    );
  });

  /** Distance of two atoms inside the cube around the centre, by their displacements from it. */
  function directDistance(points: [number, number, number][], p: number, q: number, centre: number): number {
    const displacement = (row: number, c: number) => {
      const d = points[row]![c]! - points[centre]![c]!;
      return d - 12 * Math.round(d / 12);
    };
    return Math.hypot(...[0, 1, 2].map((c) => displacement(p, c) - displacement(q, c)));
  }

  test('a real close pair stays, where the every-pair rule breaks it; the closest seam pair goes first', () => {
    const points = [
      [10, 10, 10], // the centre
      [11.4, 10, 10], // 1.4 Å from it in the snapshot
      [14.8, 10, 10], // seam pair of the next, 0.5 Å across the face, farther from the centre
      [5.3, 10, 10],
      [5.2, 12, 10], // 2.04 Å from the atom before last across the face: stays, since its partner has gone
    ];
    const list = listOf(Float64Array.from(points.flat()), makeCubicCell(20));
    const cut = (options: ReplicaOptions) => cutReplicas(list, [0], options).get(0)!;
    expect(Array.from(cut(PAPER).rows)).toEqual([0, 1, 3, 4]);
    expect(cut(PAPER).dropped).toEqual([
      {
        row: 2,
        distance: expect.closeTo(0.5, 9),
        partnerRow: 3,
        fromCentre: expect.closeTo(4.8, 9),
        position: [9.8, 5, 5].map((x) => expect.closeTo(x, 9)),
      },
    ]);
    expect(Array.from(cut(ALL_PAIRS).rows)).toEqual([0, 3]);
  });

  test('ties go to the lower row', () => {
    const points = [10, 10, 10, 5.5, 10, 10, 14.5, 10, 10];
    const list = listOf(Float64Array.from(points), makeCubicCell(20));
    expect(Array.from(cutReplicas(list, [0], PAPER).get(0)!.rows)).toEqual([0, 1]);
  });

  test('where the cube is as wide as the snapshot there is no new pair', () => {
    const points = [5, 5, 5, 0.2, 5, 5, 9.8, 5, 5, 5, 0.5, 5, 5, 9.5, 5];
    const thin = listOf(Float64Array.from(points), makeCell([10, 0, 0, 0, 20, 0, 0, 0, 20]));
    const cell = cutReplicas(thin, [0], PAPER).get(0)!;
    expect(cell.dropped.map(({ row }) => row)).toEqual([4]);
    expect(cell.shortestDistance).toBeCloseTo(0.4, 9);
  });
});

describe('window', () => {
  test('half-open: of two atoms on opposite faces the lower one is in', () => {
    const list = listOf(Float64Array.of(10, 10, 10, 5, 10, 10, 15, 10, 10, 10, 14.9999, 10), makeCubicCell(30));
    const cell = cutReplicas(list, [0], PAPER).get(0)!;
    expect(cell.cutCount).toBe(3);
    expect(Array.from(cell.rows)).toEqual([0, 3, 1]);
  });

  test('a snapshot thinner than the cube gives its images, the own ones of the centre too', () => {
    const list = listOf(Float64Array.of(1, 1, 1), makeCubicCell(3));
    const cell = cutReplicas(list, [0], { edge: 9, minDistance: 2, seam: 'new-pairs' }).get(0)!;
    expect(cell.rows.length).toBe(27);
    expect(cell.dropped).toEqual([]);
  });

  test('does not depend on the cell that describes the lattice, nor on wrapping', () => {
    const [length] = small.cell.vectors as unknown as [number];
    const sheared = makeCell([length, 0, 0, length, length, 0, 0, length, length], small.cell.origin);
    const shifted = small.position.map((value, k) => value + (k % 7 === 0 ? length : 0));
    const rows = [0, 411, 1981];
    const plain = cutReplicas(listOf(small.position, small.cell), rows, PAPER);
    const other = cutReplicas(listOf(shifted, sheared), rows, PAPER);
    for (const row of rows) expect(Array.from(other.get(row)!.rows)).toEqual(Array.from(plain.get(row)!.rows));
  });

  test('progress counts cells', () => {
    const control = new Control();
    cutReplicas(listOf(small.position, small.cell), [3, 1, 2, 3], PAPER, control);
    expect(control.progress).toEqual({ phase: 'cutting replica cells', done: 3, total: 3 });
  });
});
