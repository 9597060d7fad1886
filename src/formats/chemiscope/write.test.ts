import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { readText } from '../testSupport.ts';
import { writeChemiscope } from './write.ts';

const COUNT = 10_000;

/** A chain of atoms, of which every second one is looked at: more than one chunk of each list. */
const text = [
  ...writeChemiscope({
    name: 'A "chain"',
    description: 'of iron',
    references: [],
    names: Array<string>(COUNT).fill('Fe'),
    position: Float64Array.from({ length: 3 * COUNT }, (_, k) => (k % 3 === 0 ? 0.1 * k : 1 / 3)),
    cell: makeCell([3 * COUNT, 0, 0, 0, 9, 0, 0, 0, 9], [0, 0, 0], [true, true, false]),
    centres: Uint32Array.from({ length: COUNT / 2 }, (_, k) => 2 * k),
    cutoff: 4,
    properties: {
      energy: {
        units: 'eV',
        values: Float64Array.from({ length: COUNT / 2 }, (_, k) => (k === 1 ? Number.NaN : -k / 7)),
      },
      single: { values: Float32Array.from({ length: COUNT / 2 }, (_, k) => k / 7) },
      type: { description: 'by hand', values: Array.from({ length: COUNT / 2 }, (_, k) => (k % 2 ? 'BCC' : 'OTH')) },
    },
    map: { x: 'energy', color: 'single', symbol: 'type' },
  }),
].join('');

test('what is written reads back, and atoms that are not looked at have no value', async () => {
  const read = await readText(text);
  expect(read.count).toBe(COUNT);
  expect(read.position[3 * 5000 + 1]).toBe(1 / 3);
  const [energy, single] = ['energy', 'single'].map(
    (name) => read.columns.find((column) => column.name === name)!.array,
  );
  expect([energy![0], energy![1], energy![2], energy![4]]).toEqual([-0, Number.NaN, Number.NaN, -2 / 7]);
  expect(Math.fround(single![4]!)).toBe(Math.fround(2 / 7));
});

test('is laid out as chemiscope wants it', () => {
  const { meta, structures, environments, properties, settings } = JSON.parse(text);
  expect(meta).toEqual({ name: 'A "chain"', description: 'of iron', references: [] });
  expect(structures).toHaveLength(1);
  expect(structures[0].size).toBe(COUNT);
  expect(structures[0].pbc).toEqual([true, true, false]);
  expect(environments).toHaveLength(COUNT / 2);
  expect(environments[1]).toEqual({ structure: 0, center: 2, cutoff: 4 });
  for (const { target, values } of Object.values(properties) as { target: string; values: unknown[] }[]) {
    expect(target).toBe('atom');
    expect(values).toHaveLength(COUNT / 2);
  }
  expect(settings).toEqual({
    target: 'atom',
    map: { x: { property: 'energy' }, color: { property: 'single' }, symbol: 'type' },
  });
});
