import { expect, test } from 'vitest';
import type { EnergyEntry } from '#campaign/energyEntry.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { type EnergyListInput, energyLines } from './energyLines.ts';

const entry = (id: number, change: Partial<EnergyEntry> = {}): EnergyEntry => ({
  id,
  energy_eV: -4 + id / 100,
  code: 'CP2K',
  partition: 'mulliken',
  state: 'ok',
  reason: '',
  ...change,
});

const model = {
  training: { ids: [1, 2, 3], leaveOneOut: [0.01, -0.2, 0.03] },
  outliers: [{ id: 2, error: -0.2, deviations: 7.4 }],
} as Partial<StageSummaries['model']> as StageSummaries['model'];

const input = (entries: EnergyEntry[], change: Partial<EnergyListInput> = {}): EnergyListInput => ({
  energies: { bulkEnergy: -4, entries } as Partial<StageSummaries['energies']> as StageSummaries['energies'],
  model,
  chosen: [1, 2, 3],
  leftOut: [],
  label: () => Number.NaN,
  modelError: () => 0.5,
  ...change,
});

test('what needs a look comes first, then the bulk, then the rest by error', () => {
  const bad = entry(9, { state: 'quarantined', reason: 'did not converge' });
  const lines = energyLines(input([entry(0), entry(1), entry(2), entry(3), bad]));
  expect(lines.map(({ id, remark }) => [id, remark])).toEqual([
    [2, '7 deviations from the model without it'],
    [9, 'did not converge'],
    [0, ''],
    [3, ''],
    [1, ''],
  ]);
  expect(lines[1]).toMatchObject({ use: false, canChange: true, error: null });
  expect(lines[2]).toMatchObject({ isBulk: true, canChange: false, error: null });
  expect(lines[3]!.energy).toBeCloseTo(0.03, 12);
});

test('an atom that is left out can come back, and has the error of the model; without an energy nothing can be used', () => {
  const failed = entry(8, { state: 'quarantined', reason: 'failed', energy_eV: null });
  const lines = energyLines(
    input([entry(1), entry(4), failed], { leftOut: [4], modelError: (id) => (id === 4 ? 0.7 : Number.NaN) }),
  );
  expect(lines.find(({ id }) => id === 4)).toMatchObject({ use: false, canChange: true, error: 0.7 });
  expect(lines.find(({ id }) => id === 8)).toMatchObject({ use: false, canChange: false, energy: null });
});

test('with a column in place of calculations the chosen atoms are listed', () => {
  const lines = energyLines(input([], { label: (id) => (id === 3 ? Number.NaN : id / 10) }));
  expect(lines.map(({ id, use, canChange }) => [id, use, canChange])).toEqual([
    [2, true, true],
    [3, false, false],
    [1, true, true],
  ]);
});
