import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BULK_ID, planJobs } from './jobs.ts';
import { joinRoles, orderRoles, ROLES } from './roles.ts';

const ids = Uint32Array.from({ length: 50 }, (_, row) => 10 * row + 3);

describe('planJobs', () => {
  test('bulk, picks in their order, then strategies, test set and probes; shared atoms once', () => {
    const jobs = planJobs({
      ids,
      picks: [7, 2, 40],
      strategies: new Map([
        ['random1', [2, 9]],
        ['random2', [9, 40, 11]],
      ]),
      testSet: [11, 30],
      probes: [7, 31],
    });
    expect(jobs.map(({ rank, id, roles, directory }) => [rank, id, joinRoles(roles), directory])).toEqual([
      [0, BULK_ID, 'bulk', 'bulk'],
      [1, 73, 'train+probe', 'replicas/0001_id73'],
      [2, 23, 'train+random1', 'replicas/0002_id23'],
      [3, 403, 'train+random2', 'replicas/0003_id403'],
      [4, 93, 'random1+random2', 'replicas/0004_id93'],
      [5, 113, 'test+random2', 'replicas/0005_id113'],
      [6, 303, 'test', 'replicas/0006_id303'],
      [7, 313, 'probe', 'replicas/0007_id313'],
    ]);
    expect(jobs.map(({ row }) => row)).toEqual([null, 7, 2, 40, 9, 11, 30, 31]);
  });

  test('every atom of every set has one job, with the roles it was named in', () => {
    const rows = fc.uniqueArray(fc.nat(49), { maxLength: 20 });
    fc.assert(
      fc.property(rows, rows, rows, rows, (picks, ur, random2, testSet) => {
        const strategies = new Map([
          ['ur', ur],
          ['random2', random2],
        ]);
        const jobs = planJobs({ ids, picks, strategies, testSet });
        const sets: [string, number[]][] = [['train', picks], ...strategies, ['test', testSet]];
        for (const [role, members] of sets) {
          const found = jobs.filter((job) => job.roles.includes(role)).map((job) => job.row!);
          expect(found.sort((a, b) => a - b)).toEqual([...members].sort((a, b) => a - b));
        }
        expect(jobs.map(({ rank }) => rank)).toEqual([...jobs.keys()]);
        expect(new Set(jobs.map(({ directory }) => directory)).size).toBe(jobs.length);
        expect(jobs.length - 1).toBe(new Set(sets.flatMap(([, members]) => members)).size);
        expect(jobs.slice(1, picks.length + 1).map(({ row }) => row)).toEqual(picks);
      }),
      { seed: 20261123 },
    );
  });
});

test('roles are listed in the order of the table, other strategies after it', () => {
  const backwards = ROLES.map(({ name }) => name).reverse();
  expect(orderRoles(['posterior', ...backwards, 'test'])).toEqual([...ROLES.map(({ name }) => name), 'posterior']);
});
