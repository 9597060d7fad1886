import { describe, expect, test } from 'vitest';
import { makeColumn } from '#data/column.ts';
import { ColumnRegistry } from '#state/columnRegistry.ts';
import { rangeLegend, typeEntries } from './legend.ts';
import { columnOf, quantitiesOf } from './quantities.ts';

const error = { id: 'model.error', label: 'Error', unit: 'eV', kind: 'diverging', group: 'Model' } as const;

describe('legend', () => {
  test('a diverging map has zero in its middle and enough numbers to be read', () => {
    const column = makeColumn('model.error', 'eV', Float32Array.of(-0.01, 0.034, Number.NaN, 0.002));
    const legend = rangeLegend(error, column, 'blueRed');
    if (legend.kind !== 'range') throw new Error('expected a range');
    expect(legend.scale.range[0]).toBe(-legend.scale.range[1]);
    expect(legend.ticks.length).toBeGreaterThanOrEqual(3);
    expect(legend.ticks.find(({ text }) => text === '0')?.at).toBeCloseTo(0.5, 12);
    expect(legend.scale.counts.missing).toBe(1);
    expect(legend.title).toBe('Error (eV)');
  });

  test('where no atom has a value it says so', () => {
    const column = makeColumn('model.error', 'eV', Float32Array.of(Number.NaN, Number.NaN));
    expect(rangeLegend(error, column, 'viridis')).toEqual({ kind: 'none', title: 'Error (eV): no atom has a value' });
  });

  test('types that occur, the most frequent first', () => {
    const entries = typeEntries([7867, 4, 13, 8150, 0], 'ovito', 'dark');
    expect(entries.map(({ label }) => label)).toEqual(['BCC', 'OTH', 'HCP', 'FCC']);
  });
});

describe('quantities', () => {
  test('components are taken out of the scores, once', () => {
    const registry = new ColumnRegistry();
    registry.publish(makeColumn('pool.scores', '', Float32Array.of(1, 2, 3, 4, 5, 6), 3));
    const second = columnOf('pool.scores/1', registry)!;
    expect([...second.array]).toEqual([2, 5]);
    expect(columnOf('pool.scores/1', registry)).toBe(second);
    registry.publish(makeColumn('pool.scores', '', Float32Array.of(1, 9, 3, 4, 8, 6), 3));
    expect([...columnOf('pool.scores/1', registry)!.array]).toEqual([9, 8]);
  });

  test('the menu holds what exists and nothing else', () => {
    const column = (width = 1) => ({ unit: '', width });
    const quantities = quantitiesOf({ 'file.c_pe': column(), 'pool.scores': column(2), 'atoms.id': column() });
    expect(quantities.map(({ id }) => id)).toEqual(['structure.type', 'pool.scores/0', 'pool.scores/1', 'file.c_pe']);
  });
});
