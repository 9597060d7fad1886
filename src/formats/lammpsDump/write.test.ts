import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, makeCell } from '#data/cell.ts';
import { type Column, makeColumn } from '#data/column.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { readText } from '../testSupport.ts';
import { writeLammpsDump } from './write.ts';

const BOX = makeCell([10.1, 0, 0, 0, 9, 0, 0, 0, 8], [0.1, -2, 3], [true, false, true]);
const RESTRICTED = makeCell([10, 0, 0, -1.5, 9, 0, 0.75, -2.25, 8], [0.5, -2, 3], [true, true, true]);
const GENERAL = makeCell([10.1, 0.3, 0, 1.3, 9, 0, -0.7, 1e-7, 8], [0.1, -2, 3], [true, true, false]);

function snapshotOf(position: readonly number[], cell: Cell, species: (string | null)[] = ['Fe', 'Cr']): Snapshot {
  const count = position.length / 3;
  return {
    source: { name: 'made', byteLength: 0, sha256: '', format: '', frame: 0, frameCount: 1, timestep: 300 },
    count,
    cell,
    ids: Uint32Array.from({ length: count }, (_, row) => 3 * row + 2),
    types: Uint8Array.from({ length: count }, (_, row) => row % 2),
    species,
    position: Float64Array.from(position),
    columns: [],
    warnings: [],
  };
}

const written = (snapshot: Snapshot, columns: readonly Column[] = []) =>
  [...writeLammpsDump(snapshot, columns)].join('');

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test('what is written reads back bit for bit', async () => {
  const cases = fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.record({
      position: fc.array(finite, { minLength: 3 * count, maxLength: 3 * count }),
      energy: fc.array(fc.double(), { minLength: count, maxLength: count }),
      stress: fc.array(fc.float(), { minLength: 2 * count, maxLength: 2 * count }),
      cell: fc.constantFrom(BOX, RESTRICTED, GENERAL),
    }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({ position, energy, stress, cell }) => {
      const snapshot = snapshotOf(position, cell);
      const columns = [
        makeColumn('c_pe', 'eV', Float64Array.from(energy)),
        makeColumn('c_stress', '', Float32Array.from(stress), 2),
      ];
      const read = await readText(written(snapshot, columns));
      expect(read).toMatchObject({ ids: snapshot.ids, position: snapshot.position });
      expect(read.source.timestep).toBe(300);
      expect(Array.from(read.types, (type) => read.species[type])).toEqual(
        Array.from(snapshot.types, (type) => snapshot.species[type]),
      );
      const named = Object.fromEntries(read.columns.map(({ name, array }) => [name, [...array]]));
      expect(named.c_pe).toEqual(energy);
      expect(named['c_stress[1]']!.map(Math.fround)).toEqual(stress.filter((_, k) => k % 2 === 0));
      expect(named['c_stress[2]']!.map(Math.fround)).toEqual(stress.filter((_, k) => k % 2 === 1));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['a box', BOX, 'BOX BOUNDS pp ff pp'],
  ['a restricted triclinic box, by its bounding box', RESTRICTED, 'BOX BOUNDS xy xz yz pp pp pp'],
  ['any other cell', GENERAL, 'BOX BOUNDS abc origin pp pp ff'],
])('%s', async (_, cell, item) => {
  const text = written(snapshotOf([1, 2, 3], cell));
  expect(text).toContain(`ITEM: ${item}\n`);
  const read = await readText(text);
  for (let k = 0; k < 9; k++) expect(read.cell.vectors[k]).toBeCloseTo(cell.vectors[k]!, 13);
  for (let k = 0; k < 3; k++) expect(read.cell.origin[k]).toBeCloseTo(cell.origin[k]!, 13);
  expect(read.cell.periodic).toEqual(cell.periodic);
});

test('elements are left out where one is unknown', () => {
  expect(written(snapshotOf([1, 2, 3], BOX))).toContain('ITEM: ATOMS id type element x y z\n2 1 Fe 1 2 3\n');
  expect(written(snapshotOf([1, 2, 3], BOX, ['Fe', null]))).toContain('ITEM: ATOMS id type x y z\n2 1 1 2 3\n');
});

test.each<[string, Column[], string]>([
  ['a name with a blank', [makeColumn('my energy', '', Float64Array.of(1))], 'cannot have the name "my energy"'],
  ['a name that is taken', [makeColumn('x', '', Float64Array.of(1))], 'both be written as x'],
  ['another length', [makeColumn('c_pe', '', Float64Array.of(1, 2))], 'Column c_pe has 2 rows, but there are 1 atoms'],
])('refused: %s', (_, columns, sentence) => {
  expect(() => written(snapshotOf([1, 2, 3], BOX), columns)).toThrow(sentence);
});
