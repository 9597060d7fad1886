import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { makeColumn } from '#data/column.ts';
import { Control } from '#data/control.ts';
import { Refusal } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { readText } from '../testSupport.ts';
import { propertyName, writeExtxyz, writeStructureExtxyz } from './write.ts';

function snapshotOf(position: number[], energy: number[], ids: number[]): Snapshot {
  const count = energy.length;
  return {
    source: { name: 'made', byteLength: 0, sha256: '', format: '', frame: 0, frameCount: 1, timestep: 3 },
    count,
    cell: makeCell([10.1, 0, 0, 1.3, 9, 0, -0.7, 1e-7, 8], [0.1, -2, 3], [true, false, true]),
    ids: Uint32Array.from(ids),
    types: Uint8Array.from({ length: count }, (_, row) => row % 2),
    species: ['Fe', 'Cr'],
    position: Float64Array.from(position),
    columns: [makeColumn('c_pe', 'eV', Float64Array.from(energy))],
    warnings: [],
  };
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const snapshots = fc
  .uniqueArray(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 2, maxLength: 20 })
  .chain((ids) =>
    fc.record({
      ids: fc.constant(ids.sort((a, b) => a - b)),
      position: fc.array(finite, { minLength: 3 * ids.length, maxLength: 3 * ids.length }),
      energy: fc.array(fc.double(), { minLength: ids.length, maxLength: ids.length }),
      single: fc.array(fc.float(), { minLength: 2 * ids.length, maxLength: 2 * ids.length }),
    }),
  );

test('what is written reads back bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(snapshots, async ({ ids, position, energy, single }) => {
      const snapshot = snapshotOf(position, energy, ids);
      const sigma = makeColumn('model.sigma', 'eV', Float32Array.from(single), 2);
      const structure = makeColumn(
        'structure.type',
        '',
        Uint8Array.from(ids, (id) => id % 5),
      );
      const text = [...writeExtxyz(snapshot, [...snapshot.columns, sigma, structure])].join('');
      const back = await readText(text);
      expect(back.cell).toEqual(snapshot.cell);
      expect(back.ids).toEqual(snapshot.ids);
      expect(back.types).toEqual(snapshot.types);
      expect(back.species).toEqual(snapshot.species);
      expect(back.position).toEqual(snapshot.position);
      expect(back.columns.map(({ name, shape }) => [name, shape])).toEqual([
        ['c_pe', [ids.length]],
        ['energy_sigma', [ids.length, 2]],
        ['structure_type', [ids.length]],
      ]);
      const [c_pe, energy_sigma, structure_type] = back.columns.map(({ array }) => array);
      expect(c_pe).toEqual(snapshot.columns[0]!.array);
      expect(Float32Array.from(energy_sigma!)).toEqual(sigma.array);
      expect(Uint8Array.from(structure_type!)).toEqual(structure.array);
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('the header is as OVITO and ASE want it', () => {
  const snapshot = snapshotOf([1, 2, 3], [-4], [7]);
  const energy = makeColumn('model.energy', 'eV', Float64Array.of(-4.0123));
  const picked = makeColumn('selection', '', Uint8Array.of(1));
  expect([...writeExtxyz(snapshot, [energy, picked], { Time: '0', note: 'a "b"' })].join('')).toBe(
    '1\nLattice="10.1 0 0 1.3 9 0 -0.7 1e-7 8" Origin="0.1 -2 3" pbc="T F T" Time="0" note="a \\"b\\"" ' +
      'Properties=species:S:1:pos:R:3:id:I:1:local_energy:R:1:selection:I:1\nFe 1 2 3 7 -4.0123 1\n',
  );
});

test('no property is called energy, and all are plain words', () => {
  const names = ['energy', 'file.Energies', 'structure.type', 'c_st[1]', 'file.c_pe', 'pca.score.3', 'model.sigma'];
  expect(names.map(propertyName)).toEqual([
    'local_energy',
    'local_energy',
    'structure_type',
    'c_st_1',
    'c_pe',
    'pca_score_3',
    'energy_sigma',
  ]);
});

test('columns that clash or do not fit are refused', () => {
  const snapshot = snapshotOf([1, 2, 3], [-4], [7]);
  const write = (...names: string[]) => [
    ...writeExtxyz(
      snapshot,
      names.map((name) => makeColumn(name, '', Float64Array.of(1))),
    ),
  ];
  expect(() => write('energy', 'model.energy')).toThrow(Refusal);
  expect(() => write('id')).toThrow(Refusal);
  expect(() => [...writeExtxyz(snapshot, [makeColumn('a', '', Float64Array.of(1, 2))])]).toThrow(Refusal);
});

test('a large snapshot comes in chunks and can be stopped between them', () => {
  const count = 10_000;
  const ids = Array.from({ length: count }, (_, row) => row + 1);
  const snapshot = snapshotOf(new Array(3 * count).fill(1.5), new Array(count).fill(-4), ids);
  const control = new Control();
  const chunks = writeExtxyz(snapshot, [], {}, control);
  const lengths = [...chunks].map((chunk) => chunk.length);
  expect(lengths.length).toBeGreaterThan(4);
  expect(control.progress).toEqual({ phase: 'writing', done: count, total: count });
  const stopped = writeExtxyz(snapshot, [], {}, control);
  stopped.next();
  control.cancel();
  expect(() => [...stopped]).toThrow('Cancelled');
});

test('a small cell keeps its order and its comment', async () => {
  const text = writeStructureExtxyz({
    cell: makeCell([4, 0, 0, 0, 4, 0, 0, 0, 4]),
    species: ['Fe', 'Cr', 'Fe'],
    position: Float64Array.of(2, 2, 2, 0, 1, 0, 1, 0, 3),
    comment: 'centre is atom 4711 of fe.dump',
  });
  expect(text).toContain('comment="centre is atom 4711 of fe.dump"');
  const back = await readText(text);
  expect([...back.position]).toEqual([2, 2, 2, 0, 1, 0, 1, 0, 3]);
  expect([...back.types]).toEqual([0, 1, 0]);
});
