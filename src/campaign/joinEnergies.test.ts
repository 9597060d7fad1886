import { describe, expect, test } from 'vitest';
import { type Failure, Refusal } from '#data/errors.ts';
import type { EnergyKey, EnergyOrigin, EnergyRow, PendingRow } from '#formats/energiesCsv/read.ts';
import { readEnergiesCsv } from '#formats/energiesCsv/read.ts';
import { FORCE_FIELD } from './energyEntry.ts';
import { planJobs } from './jobs.ts';
import { countReturned, describeReturned, type JoinRequest, joinEnergies } from './joinEnergies.ts';

const ids = Uint32Array.from({ length: 40 }, (_, row) => 100 + row);
const jobs = planJobs({
  ids,
  picks: Array.from({ length: 15 }, (_, k) => 2 * k),
  strategies: new Map([['random1', [0, 33]]]),
  testSet: [35],
});
const file = 'energies.csv';

function row(
  kind: EnergyKey['kind'],
  value: number | string,
  energy_eV: number,
  line = 2,
  unitStated = true,
  origin: Partial<EnergyOrigin> = {},
): EnergyRow {
  const said = { code: '', partition: '', status: '', ...origin };
  return { key: { kind, value } as EnergyKey, energy_eV, unitStated, line, origin: said };
}

const join = (rows: EnergyRow[], given: number[] = []) => joinEnergies({ file, rows, jobs, ids, given });

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.failure;
    throw thrown;
  }
  throw new Error('this was not refused');
}

const sentenceOf = (action: () => unknown) => new Refusal(failureOf(action)).message;

describe('keys', () => {
  test('by id, by rank, by directory in several spellings', () => {
    const paths = ['replicas/0002_id102', './replicas/0002_id102/', '0002_id102', 'replicas\\0002_id102'];
    const spellings = [row('id', 102, -4), row('rank', 2, -4), ...paths.map((path) => row('directory', path, -4))];
    for (const spelling of spellings) expect([...join([spelling]).energyOfRow]).toEqual([[2, -4]]);
  });

  test('the bulk cell, which is no atom', () => {
    for (const key of [row('id', 0, -4.1), row('rank', 0, -4.1), row('directory', 'bulk', -4.1)]) {
      const joined = join([key]);
      expect(joined.bulkEnergy).toBe(-4.1);
      expect(joined.energyOfRow.size).toBe(0);
    }
    expect(join([row('id', 102, -4)]).bulkEnergy).toBeNull();
  });

  test('given atoms need no job', () => {
    expect([...join([row('id', 139, -4)], [39]).energyOfRow]).toEqual([[39, -4]]);
  });

  test('convergence probes are no energies of the campaign, whether they came back or not', () => {
    const probe = { ...row('id', 102, -3.9, 3), role: 'probe8' };
    const pending: PendingRow[] = [
      {
        key: { kind: 'id', value: 102 },
        line: 4,
        origin: { code: '', partition: '', status: 'failed' },
        role: 'probe12',
      },
    ];
    const joined = joinEnergies({ file, rows: [{ ...row('id', 102, -4), role: 'train' }, probe], pending, jobs, ids });
    expect([...joined.energyOfRow]).toEqual([[2, -4]]);
    expect(joined.entries).toHaveLength(1);
    expect(joined.warnings).toEqual([{ message: '2 convergence probes are no energies of the campaign.' }]);
  });

  test('an id that both the bulk cell and an atom have is refused', () => {
    const zero = Uint32Array.from({ length: 40 }, (_, k) => k);
    const request = { file, jobs: planJobs({ ids: zero, picks: [0, 1] }), ids: zero };
    expect(sentenceOf(() => joinEnergies({ ...request, rows: [row('id', 0, -4, 5)] }))).toMatch(
      /^energies.csv, line 5: id 0 is the bulk cell and an atom/,
    );
    expect([...joinEnergies({ ...request, rows: [row('rank', 1, -4)] }).energyOfRow]).toEqual([[0, -4]]);
  });
});

describe('refusals name file and line', () => {
  test.each([
    [row('id', 7, -4, 9), 'energies.csv, line 9: expected the id of a job, found 7 (the snapshot has no such atom).'],
    [
      row('id', 139, -4, 9),
      'energies.csv, line 9: expected the id of a job, found 139 (that atom is in no job of this campaign).',
    ],
    [row('rank', 18, -4, 3), 'energies.csv, line 3: expected a rank from 0 to 17, found 18.'],
    [
      row('directory', 'replicas/0002_id103', -4, 3),
      'energies.csv, line 3: expected a directory of this package, such as replicas/0001_…, found replicas/0002_id103.',
    ],
    [row('id', 102, Number.NaN, 4), 'energies.csv, line 4: expected a finite energy, found NaN.'],
  ])('%j', (bad, sentence) => {
    expect(sentenceOf(() => join([row('id', 104, -4), bad]))).toBe(sentence);
  });

  test('a second energy for a job; the same one again is a warning', () => {
    expect(sentenceOf(() => join([row('id', 102, -4, 2), row('rank', 2, -4.5, 8)]))).toBe(
      'energies.csv, line 8: a second energy for rank 2: expected -4 eV as on line 2, found -4.5 eV.',
    );
    expect(failureOf(() => join([row('rank', 0, -4, 2), row('directory', 'bulk', -5, 3)])).line).toBe(3);
    const twice = join([row('id', 102, -4, 2), row('id', 102, -4, 8)]);
    expect([...twice.energyOfRow]).toEqual([[2, -4]]);
    expect(twice.warnings).toEqual([{ message: 'energies.csv, line 8: id 102 again, as on line 2.' }]);
  });
});

describe('units that nobody stated', () => {
  // Atomic energies of ten cells, eV, as in a grain boundary.
  const energies = [-4.12, -4.1, -4.09, -4.02, -3.98, -3.96, -3.9, -3.87, -3.81, -3.6];
  const table = (factor: number, stated: boolean, count = 10) =>
    energies.slice(0, count).map((energy, k) => row('id', 100 + 2 * k, factor * energy, k + 2, stated));

  test('eV is believed', () => {
    expect(join(table(1, false)).energyOfRow.size).toBe(10);
  });

  test.each([
    [1 / 27.211386, /looks like Ry or Ha rather than eV: state the unit/],
    [1 / 13.605693, /looks like Ry or Ha rather than eV: state the unit/],
    [1000, /looks like meV, or total energies of cells, rather than eV/],
  ])('eV times %d is not', (factor, sentence) => {
    const failure = failureOf(() => join(table(factor, false)));
    expect(failure.message).toMatch(sentence);
    expect([failure.file, failure.line]).toEqual([file, 2]);
    expect(join(table(factor, true)).energyOfRow.size).toBe(10);
  });

  test('four energies tell nothing, and neither does the bulk cell', () => {
    const bulk = row('rank', 0, -123, 99, false);
    expect(join([...table(0.01, false, 4), bulk]).energyOfRow.size).toBe(4);
    expect(() => join([...table(0.01, false, 5), bulk])).toThrow(Refusal);
    expect(join([...table(1, false), bulk]).bulkEnergy).toBe(-123);
  });
});

describe('what has come back', () => {
  test('is counted by role, and the missing are named', () => {
    const back = Array.from({ length: 3 }, (_, k) => row('rank', k + 1, -4, k + 2));
    const { missing } = join(back);
    expect(missing.length).toBe(jobs.length - 3);
    const progress = countReturned(jobs, missing);
    expect(progress.map(({ role, returned, total }) => [role, returned, total])).toEqual([
      ['bulk', 0, 1],
      ['train', 3, 15],
      ['random1', 1, 2],
      ['test', 0, 1],
    ]);
    expect(progress.map(describeReturned)).toEqual([
      'bulk: 0 of 1 back; missing: bulk',
      'train: 3 of 15 back; missing: 106, 108, 110, 112, 114, 116, 118, 120, 122, 124, … (12)',
      'random1: 1 of 2 back; missing: 133',
      'test: 0 of 1 back; missing: 135',
    ]);
    expect(describeReturned({ role: 'test', returned: 3, total: 3, missing: [] })).toBe('test: 3 of 3 back');
  });

  test('a table as it is written: jobs.csv with a column energy', () => {
    const text =
      'rank,id,role,directory,natoms,energy_Ry\r\n0,0,bulk,bulk,54,-0.3\r\n1,100,train,replicas/0001_id100,58,\r\n2,102,train,replicas/0002_id102,60,-0.29\r\n';
    const joined = join([...readEnergiesCsv(text, file).rows]);
    expect(joined.bulkEnergy).toBeCloseTo(-4.0817, 3);
    expect([...joined.energyOfRow.keys()]).toEqual([2]);
    expect(joined.missing.map(({ id }) => id)).toContain(100);
  });
});

describe('what a table says of its energies', () => {
  const cp2k = { code: 'CP2K', partition: 'mulliken', status: 'ok' };
  const bad = { ...cp2k, status: 'The calculation did not converge.' };
  const rows = [
    row('rank', 0, -1, 2, true, cp2k),
    row('rank', 1, -2, 3, true, cp2k),
    row('rank', 2, -3, 4, true, bad),
    row('rank', 3, -4, 5, true, { ...cp2k, partition: 'classical', status: FORCE_FIELD }),
  ];
  const joinWith = (allowed: JoinRequest['allowed'] = {}, more: EnergyRow[] = []) =>
    joinEnergies({ file, rows: [...rows, ...more], jobs, ids, allowed });

  test('what is put aside is not used, and says why', () => {
    const { energyOfRow, bulkEnergy, entries, missing } = joinWith();
    expect([[...energyOfRow], bulkEnergy]).toEqual([[[0, -2]], -1]);
    expect(entries.map(({ id, state, reason }) => [id, state, reason])).toEqual([
      [0, 'ok', ''],
      [100, 'ok', ''],
      [102, 'quarantined', bad.status],
      [104, 'quarantined', FORCE_FIELD],
    ]);
    expect(missing.slice(0, 2).map(({ id }) => id)).toEqual([102, 104]);
  });

  test('what is accepted is used, and keeps its reason', () => {
    const { energyOfRow, entries } = joinWith({ accepted: [102], forceFields: false });
    expect([...energyOfRow]).toEqual([
      [0, -2],
      [2, -3],
    ]);
    expect(entries[2]).toMatchObject({ state: 'accepted', reason: bad.status });
  });

  test('two sorts of energies are refused unless that is wanted', () => {
    const openmx = row('rank', 4, -5, 6, true, { code: 'OpenMX', partition: 'basis-projection', status: 'ok' });
    expect(sentenceOf(() => joinWith({}, [openmx]))).toContain(
      '2 from CP2K, Mulliken; 1 from OpenMX, basis projection',
    );
    expect(joinWith({ mixedKinds: true }, [openmx]).energyOfRow.size).toBe(2);
    // A force field is another sort than DFT by the same program.
    expect(sentenceOf(() => joinWith({ forceFields: true }))).toContain('1 from CP2K, classical, not DFT');
    // What is put aside does not count.
    expect(joinWith().energyOfRow.size).toBe(1);
  });

  test('a job that failed is named with its reason; one that is waited for is only missing', () => {
    const origin = { code: '', partition: '', status: 'failed: exit 1' };
    const pending: PendingRow[] = [
      { key: { kind: 'rank', value: 5 }, line: 9, origin },
      { key: { kind: 'rank', value: 6 }, line: 10, origin: { ...origin, status: '' } },
    ];
    const { entries } = joinEnergies({ file, rows: [], pending, jobs, ids, allowed: { accepted: [108] } });
    expect(entries).toEqual([
      { id: 108, energy_eV: null, code: '', partition: 'unstated', state: 'quarantined', reason: 'failed: exit 1' },
    ]);
  });

  test('a partition that nobody knows is refused with its line', () => {
    const odd = { ...cp2k, partition: 'hirshfeld' };
    expect(sentenceOf(() => join([row('rank', 1, -2, 7, true, odd)]))).toMatch(/line 7.*a partition.*hirshfeld/);
  });
});
