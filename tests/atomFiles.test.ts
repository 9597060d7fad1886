import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { type AtomSet, rowsOf, setOfRows } from '#data/atomSet.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { blobSource } from '#formats/format.ts';
import { readSnapshot } from '#formats/readSnapshot.ts';
import type { AtomFileKind } from '#pipeline/atomFiles/index.ts';
import { comparedWords } from '#pipeline/compareTypes.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { FE_GB_2K } from './fixture.ts';

const PARAMETERS: Parameters = { ...defaultParameters(), labelColumn: 'c_pe', components: 12, count: 20 };
const session = new Session(inlineExecutor, new MemoryLedger());
let set: AtomSet;

const sourceOf = (text: string, name: string) => blobSource(new Blob([text]), name);
const read = (text: string, frame: 'last' | number = 'last') =>
  readSnapshot(sourceOf(text, 'set'), { frame, memory: new MemoryLedger(), control: new Control() });
const written = (kind: AtomFileKind, of = session, atoms = set) =>
  [...of.atomFile(kind, atoms, 'My set', PARAMETERS)].join('');
const columnOf = ({ columns }: Snapshot, name: string) => [...columns.find((column) => column.name === name)!.array];

beforeAll(async () => {
  const snapshot = blobSource(new Blob([readFileSync(FE_GB_2K)]), 'fe-gb-2k.dump.gz');
  await session.bringTo('replicas', PARAMETERS, new Control(), { snapshot });
  await session.bringTo('model', PARAMETERS, new Control(), {});
  const picked = session.results.select!.rows[0]!;
  set = setOfRows([3, 5, 1000, 1981, picked], session.results.snapshot!.snapshot.count);
});

describe('atoms of a set', () => {
  test.each([
    ['extxyz', { type: 'structure_type', energy: 'local_energy', label: 'energies_label' }],
    ['dump', { type: 'pattern', energy: 'c_epot', label: 'energies_label' }],
  ] as const)('%s has all of them under the names that OVITO knows', async (kind, names) => {
    const { snapshot, structure, model, energies, select } = session.results as Required<typeof session.results>;
    const bytes = session.memory.bytes;
    const part = await read(written(kind));
    const rows = [...rowsOf(set)];
    expect([...part.ids]).toEqual(rows.map((row) => snapshot.snapshot.ids[row]));
    expect([...part.position.subarray(6, 9)]).toEqual([
      ...snapshot.snapshot.position.subarray(3 * rows[2]!, 3 * rows[2]! + 3),
    ]);
    expect(columnOf(part, names.type)).toEqual(rows.map((row) => structure.structureType[row]));
    expect(columnOf(part, names.energy).map(Math.fround)).toEqual(rows.map((row) => model.energy[row]));
    expect(columnOf(part, names.label)).toEqual(rows.map((row) => energies.label[row]));
    expect(columnOf(part, 'selection')).toEqual(rows.map((row) => Number(select.rows.includes(row))));
    expect(columnOf(part, 'c_pe')).toEqual(rows.map((row) => columnOf(snapshot.snapshot, 'c_pe')[row]));
    expect(session.memory.bytes).toBe(bytes);
  });

  test('chemiscope: environments of the set in a structure of all that they see', async () => {
    const { snapshot, model, structure, pool } = session.results as Required<typeof session.results>;
    const text = written('chemiscope');
    const { meta, structures, environments, properties, settings } = JSON.parse(text);
    const rows = [...rowsOf(set)];
    expect(environments).toHaveLength(rows.length);
    expect(structures[0].size).toBeGreaterThan(5 * 14);
    expect(meta.description).toContain('Of 12 principal components the first 10 are given.');
    expect(properties.id.values).toEqual(rows.map((row) => snapshot.snapshot.ids[row]));
    expect(properties.local_energy.values.map(Math.fround)).toEqual(rows.map((row) => model.energy[row]));
    expect(properties.PC2.values.map(Math.fround)).toEqual(rows.map((row) => pool.scores[12 * row + 1]));
    expect(properties.structure_type.values).toEqual(
      rows.map((row) => ['OTH', 'FCC', 'HCP', 'BCC', 'ICO'][structure.structureType[row]!]),
    );
    for (const { property } of Object.values(settings.map).filter((axis) => typeof axis === 'object') as {
      property: string;
    }[]) {
      expect(Object.keys(properties)).toContain(property);
    }
    // Every centre has its neighbours: as many within the cutoff as in the snapshot.
    const part = await read(text);
    const { vectors } = part.cell;
    const edges = [0, 4, 8].map((k) => vectors[k]!);
    const within = (at: Snapshot, centre: number) => {
      let found = 0;
      for (let row = 0; row < at.count; row++) {
        const d = edges.map((edge, k) => {
          const apart = at.position[3 * row + k]! - at.position[3 * centre + k]!;
          return apart - edge * Math.round(apart / edge);
        });
        if (row !== centre && Math.hypot(...d) < PARAMETERS.cutoff) found++;
      }
      return found;
    };
    environments.forEach(({ center }: { center: number }, k: number) => {
      expect(within(part, center)).toBe(within(snapshot.snapshot, rows[k]!));
    });
  });

  test('chemiscope refuses more atoms than its viewer bears, before it looks for neighbours', () => {
    const many = 50_001;
    const all = setOfRows(Array.from({ length: many }).keys(), many);
    expect(() => written('chemiscope', session, all)).toThrow(
      'chemiscope shows at most 50000 atoms with their surroundings: take a smaller set, it has 50001',
    );
  });

  test('columns of several numbers an atom stay whole', async () => {
    const wide = new Session(inlineExecutor, new MemoryLedger());
    const text =
      '3\nLattice="9 0 0 0 9 0 0 0 9" Properties=species:S:1:pos:R:3:selection:I:1:vel:R:2\n' +
      'Fe 0 0 0 7 1 2\nFe 3 0 0 8 3 4\nFe 0 3 0 9 5 6\n';
    await wide.bringTo('snapshot', PARAMETERS, new Control(), { snapshot: sourceOf(text, 'wide.xyz') });
    const two = setOfRows([0, 2], 3);
    expect(columnOf(await read(written('extxyz', wide, two)), 'vel')).toEqual([1, 2, 5, 6]);
    const dump = await read(written('dump', wide, two));
    expect([columnOf(dump, 'vel[1]'), columnOf(dump, 'vel[2]')]).toEqual([
      [1, 5],
      [2, 6],
    ]);
    const [header, , last] = written('csv', wide, two).split('\n');
    expect(header).toBe('id,x_Å,y_Å,z_Å,selection,vel_1,vel_2');
    expect(last).toBe('3,0,3,0,9,5,6');
  });
});

test('structure types that come back are asked about, and agree once it is said whose they are', async () => {
  const all = setOfRows(
    Array.from({ length: session.results.snapshot!.snapshot.count }).keys(),
    session.results.snapshot!.snapshot.count,
  );
  const text = written('extxyz', session, all);
  const again = new Session(inlineExecutor, new MemoryLedger());
  const run = (change: Partial<Parameters>) =>
    again.bringTo('structure', { ...defaultParameters(), ...change }, new Control(), {
      snapshot: sourceOf(text, 'again.xyz'),
    });
  await run({});
  const told = again.records
    .get('structure')!
    .warnings.map(({ message }) => message)
    .join(' ');
  expect(told).toMatch(/structure types in column structure_type\. .* say whose they are \(--structure-column/);
  await expect(run({ structureColumn: 'structure_type' })).rejects.toThrow('expected one of ovito');
  await run({ structureColumn: 'structure_type', structureCodes: 'ovito' });
  const { summary, warnings, columns } = again.records.get('structure')!;
  expect(warnings).toEqual([]);
  expect(comparedWords((summary as StageSummaries['structure']).compared!)).toBe(
    '100.00 % of 1982 atoms are as in column structure_type',
  );
  expect(columns.find(({ name }) => name === 'structure.differs')!.array.some((flag) => flag !== 0)).toBe(false);
});

test('what gap_fit trains on: one energy a cell, that of its centre, and the places of the centres', async () => {
  const { select, energies, snapshot } = session.results as Required<typeof session.results>;
  const files = new Map([...session.files('results', PARAMETERS)].map(({ path, chunks }) => [path, chunks]));
  const textOf = (path: string) => [...(files.get(path) as Iterable<string>)].join('');
  const text = textOf('gap_training.extxyz');
  const index = textOf('gap_sparse_index.txt').trim().split('\n').map(Number);
  expect(index).toHaveLength(1 + PARAMETERS.count);
  let before = 0;
  for (const [frame, place] of index.entries()) {
    const cell = await read(text, frame);
    expect(cell.source.frameCount).toBe(index.length);
    const centre = place - before - 1;
    expect(centre).toBe(0);
    const energy = columnOf(cell, 'local_property');
    const row = select.rows[frame - 1];
    expect(energy[0]).toBe(frame === 0 ? 0 : energies.label[row!]);
    expect(energy.slice(1).every((value) => value === 0)).toBe(true);
    if (frame > 0) expect(columnOf(cell, 'atom_id')[0]).toBe(snapshot.snapshot.ids[row!]);
    before += cell.count;
  }
  const lines = text.split('\n');
  expect(lines[1]).toMatch(/config_type="bulk".*:local_property:R:1:local_property_mask:L:1$/);
  expect(lines[2]).toMatch(/ T$/);
  expect(lines[3]).toMatch(/ F$/);
  // gap_fit refuses local energies beside one of the whole cell.
  expect(text).not.toMatch(/\benergy=/);
  expect(files.has('gap_test.extxyz')).toBe(false);
});
