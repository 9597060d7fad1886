import { describe, expect, test } from 'vitest';
import { BCC, FCC, HCP, ICOSAHEDRAL, OTHER } from '#chem/structureTypes.ts';
import { seededDraw } from '#kernels/random/random.ts';
import { randomFeatures } from '#tests/algebra.ts';
import type { Criterion, SelectionInput } from './criterion.ts';
import { CRITERIA, findCriterion } from './index.ts';
import { drawTestSet } from './testSet.ts';
import { makeInput } from './testSupport.ts';

const COUNT = 2000;
const features = randomFeatures(1, COUNT, 2);
/** Every fifth atom is none of BCC. */
const structureType = Uint8Array.from({ length: COUNT }, (_, row) =>
  row % 5 === 0 ? [OTHER, FCC, HCP, ICOSAHEDRAL][(row / 5) % 4]! : BCC,
);
const isBcc = (row: number) => structureType[row] === BCC;

async function pick(criterion: Criterion, change: Partial<SelectionInput> = {}, seed = 1): Promise<number[]> {
  const draw = seededDraw(seed, criterion.name);
  const selection = await criterion.select(makeInput(features, { structureType, count: 150, draw, ...change }));
  expect([selection.totals.length, selection.relativeGaps.length]).toEqual([0, 0]);
  return [...selection.rows];
}

describe.each(['random', 'random1', 'random2'] as const)('%s', (name) => {
  const criterion = CRITERIA[name];

  test('picks as many as asked for, none twice, the same for the same seed', async () => {
    const rows = await pick(criterion);
    expect(new Set(rows).size).toBe(150);
    expect(await pick(criterion)).toEqual(rows);
    expect(await pick(criterion, {}, 2)).not.toEqual(rows);
  });

  test('picks only candidates that are not given', async () => {
    const candidates = Uint8Array.from({ length: COUNT }, (_, row) => (row < 900 ? 1 : 0));
    const given = Uint32Array.from({ length: 50 }, (_, k) => k * 5);
    const rows = await pick(criterion, { candidates, given });
    // 130 non-BCC atoms are left, and random 2 adds 10 of BCC.
    expect(rows).toHaveLength({ random: 150, random1: 130, random2: 140 }[name]);
    expect(rows.filter((row) => row >= 900 || given.includes(row))).toEqual([]);
  });
});

test('random takes any atom, in proportion', async () => {
  const rows = await pick(CRITERIA.random, { count: 1000 });
  // 800 of 1000 expected, standard deviation 9.
  expect(Math.abs(rows.filter(isBcc).length - 800)).toBeLessThan(40);
});

test('random 1 takes no BCC atom, and all others where too few', async () => {
  expect((await pick(CRITERIA.random1)).filter(isBcc)).toEqual([]);
  const all = await pick(CRITERIA.random1, { count: 1000 });
  expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT / 5 }, (_, k) => 5 * k));
});

test.each([
  [150, 10],
  [300, 20],
  [30, 2],
  [8, 1],
  [7, 0],
])('of %d atoms of random 2, %d are BCC', async (count, ofBcc) => {
  const rows = await pick(CRITERIA.random2, { count });
  expect(rows).toHaveLength(count);
  expect(rows.filter(isBcc)).toHaveLength(ofBcc);
});

test('random 2 mixes its two parts', async () => {
  const places = (await pick(CRITERIA.random2)).flatMap((row, place) => (isBcc(row) ? [place] : []));
  expect(places).toHaveLength(10);
  expect(places.at(-1)! - places[0]!).toBeGreaterThan(50);
});

test('criteria are found by name, and say whether they are random', () => {
  for (const [name, criterion] of Object.entries(CRITERIA)) {
    expect(criterion.name).toBe(name);
    expect(findCriterion(name)).toBe(criterion);
    expect(criterion.random).toBe(name.startsWith('random'));
  }
  expect(findCriterion('magic')).toBeUndefined();
});

describe('the test set', () => {
  const coordination = Uint8Array.from({ length: COUNT }, (_, row) => 9 + (row % 12));
  coordination.fill(14, 0, 240);

  test('has ten atoms of each coordination number from 11 to 18, by row', () => {
    const rows = drawTestSet(coordination, 1);
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(coordination[row]!, (counts.get(coordination[row]!) ?? 0) + 1);
    expect([...counts].sort((a, b) => a[0] - b[0])).toEqual([11, 12, 13, 14, 15, 16, 17, 18].map((cn) => [cn, 10]));
  });

  test('has fewer where there are fewer', () => {
    const few = Uint8Array.from([11, 11, 18, 8, 19, ...new Array<number>(30).fill(14)]);
    const rows = [...drawTestSet(few, 1)];
    expect(rows.slice(0, 3)).toEqual([0, 1, 2]);
    expect(rows).toHaveLength(13);
    expect(drawTestSet(Uint8Array.of(5, 6), 1)).toHaveLength(0);
  });

  test('depends on the seed, and on it alone', () => {
    expect(drawTestSet(coordination, 1)).toEqual(drawTestSet(coordination, 1));
    expect(drawTestSet(coordination, 2)).not.toEqual(drawTestSet(coordination, 1));
  });
});
