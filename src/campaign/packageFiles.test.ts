import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { Refusal } from '#data/errors.ts';
import { readText } from '#formats/testSupport.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import { cutReplicas, type ReplicaOptions } from '#kernels/replica/cutReplica.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { planJobs } from './jobs.ts';
import { type Campaign, describeJobs, jobFiles } from './packageFiles.ts';
import type { SnapshotIdentity } from './structures.ts';

const dump = loadDump(FE_GB_2K);
const source = {
  name: 'fe-gb-2k.dump.gz',
  byteLength: 37785,
  sha256: 'ab'.repeat(32),
  format: 'lammps-dump',
  frame: 0,
  frameCount: 1,
  timestep: 0,
};

function makeCampaign(identity: Partial<SnapshotIdentity> = {}, options: Partial<ReplicaOptions> = {}): Campaign {
  const list = buildCellList(dump.position, dump.cell, 2, new MemoryLedger());
  const jobs = planJobs({ ids: dump.ids, picks: [500, 12], testSet: [12, 1900] });
  const all: ReplicaOptions = { edge: 10, minDistance: 2.2, seam: 'new-pairs', ...options };
  return {
    snapshot: { source, ids: dump.ids, types: new Uint8Array(dump.ids.length), species: ['Fe'], ...identity },
    jobs,
    cells: cutReplicas(
      list,
      jobs.flatMap(({ row }) => (row === null ? [] : [row])),
      all,
    ),
    bulk: buildBulkReference(2.86),
    options: all,
  };
}

const filesOf = (campaign: Campaign) => new Map([...jobFiles(campaign)].map(({ path, text }) => [path, text]));

describe('a package', () => {
  const campaign = makeCampaign();
  const files = filesOf(campaign);

  test('has four files a job, and jobs.csv', () => {
    const directories = ['bulk', 'replicas/0001_id501', 'replicas/0002_id13', 'replicas/0003_id1901'];
    expect([...files.keys()]).toEqual([
      ...directories.flatMap((directory) =>
        ['replica.extxyz', 'POSCAR', 'replica.data', 'replica.cif'].map((f) => `${directory}/${f}`),
      ),
      'jobs.csv',
    ]);
  });

  test('lists its jobs', () => {
    const [, first, second] = campaign.jobs.slice(0, 3).map(({ row }) => campaign.cells.get(row!)?.rows.length);
    const last = campaign.cells.get(1900)!.rows.length;
    expect(files.get('jobs.csv')!.trim().split(/\r?\n/)).toEqual([
      'rank,id,role,directory,natoms',
      '0,0,bulk,bulk,54',
      `1,501,train,replicas/0001_id501,${first}`,
      `2,13,train+test,replicas/0002_id13,${second}`,
      `3,1901,test,replicas/0003_id1901,${last}`,
    ]);
  });

  test('every cell reads back as it was cut, the centre first and at the middle, with ids of the snapshot', async () => {
    for (const job of campaign.jobs) {
      const back = await readText(files.get(`${job.directory}/replica.extxyz`)!);
      expect(Array.from(back.position.subarray(0, 3))).toEqual(Array(3).fill(back.cell.vectors[0]! / 2));
      if (job.row === null) {
        expect(back.count).toBe(54);
        continue;
      }
      const cell = campaign.cells.get(job.row)!;
      expect(Array.from(back.position)).toEqual(Array.from(cell.position));
      const ids = back.columns.find(({ name }) => name === 'atom_id')!;
      expect(Array.from(ids.array)).toEqual(Array.from(cell.rows, (row) => dump.ids[row]));
      expect(ids.array[0]).toBe(job.id);
    }
  });

  test('POSCAR and LAMMPS data have the same number of atoms', () => {
    for (const job of campaign.jobs) {
      const count = job.row === null ? 54 : campaign.cells.get(job.row)!.rows.length;
      expect(
        files
          .get(`${job.directory}/POSCAR`)!
          .split('\n')
          .slice(5, 7)
          .map((line) => line.trim()),
      ).toEqual(['Fe', String(count)]);
      expect(files.get(`${job.directory}/replica.data`)).toContain(`\n${count} atoms\n1 atom types\n`);
    }
  });

  test('it is known what became of each cell', () => {
    const jobs = describeJobs(campaign);
    expect(jobs.map(({ rank, id, role }) => [rank, id, role])).toEqual([
      [0, 0, 'bulk'],
      [1, 501, 'train'],
      [2, 13, 'train+test'],
      [3, 1901, 'test'],
    ]);
    for (const job of jobs.slice(1)) {
      expect(job.cutCount - job.droppedCount).toBe(job.natoms);
      expect(job.shortestSeamDistance).toBeGreaterThanOrEqual(2.2);
      expect(job.warnings).toEqual([]);
    }
  });
});

test('a centre that lost a close neighbour is warned about', () => {
  const campaign = makeCampaign({}, { seam: 'all-pairs', minDistance: 2.6 });
  const jobs = describeJobs(campaign);
  const warned = jobs.flatMap(({ warnings }) => warnings);
  expect(warned.length).toBeGreaterThan(0);
  expect(warned[0]!.message).toMatch(/^The centre lost its neighbour \d+, 2\.\d\d Å away/);
});

test('elements: the order of types is the same in every file; without one the package is refused', () => {
  const types = Uint8Array.from(dump.ids, (_, row) => (row < 700 ? 0 : 1));
  const files = filesOf(makeCampaign({ types, species: ['Cr', 'Fe'] }));
  for (const [path, text] of files) {
    if (path.endsWith('replica.data')) expect(text).toMatch(/1 51\.99\d* # Cr\n2 55\.845 # Fe/);
  }
  expect(files.get('bulk/POSCAR')!.split('\n')[5]!.trim()).toBe('Fe');
  expect(() => filesOf(makeCampaign({ species: [null] }))).toThrow(Refusal);
  expect(() => filesOf(makeCampaign({ species: [null] }))).toThrow(/--elements/);
});

test('a job without its cell is refused', () => {
  expect(() => filesOf({ ...makeCampaign(), cells: new Map() })).toThrow(/No replica cell was cut around atom 501/);
});
