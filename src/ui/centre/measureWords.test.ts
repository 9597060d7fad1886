import { expect, test } from 'vitest';
import { lineWords, measuredTable, measuredWords, readIds } from './measureWords.ts';

const distance = { points: [], distances: [2.48249], angle: null };
const angle = { points: [], distances: [2.48249, 2.8665], angle: 54.7356 };

test('distances to 0.001 Å, angles to 0.1°', () => {
  expect(measuredWords(distance)).toBe('2.482 Å');
  expect(measuredWords(angle)).toBe('2.482 Å, 2.867 Å, 54.7°');
  expect(measuredWords({ points: [], distances: [], angle: null })).toBe('');
  expect([lineWords(distance), lineWords(angle)]).toEqual(['2.482 Å', '54.7°']);
});

test('a table for spreadsheets has a column for each number', () => {
  const table = measuredTable([
    { ids: [3, 9], found: distance },
    { ids: [3, 9, 1], found: angle },
  ]);
  expect(table.split('\n').slice(1)).toEqual(['3\t9\t\t2.482\t\t', '3\t9\t1\t2.482\t2.866\t54.7']);
});

test.each([
  ['12 40', [12, 40]],
  ['12, 40;7', [12, 40, 7]],
  ['12 – 40 – 12', [12, 40, 12]],
  ['12 12', null],
  ['12', null],
  ['1 2 3 4', null],
  ['1 x', null],
])('%s is read as atoms', (text, ids) => {
  expect(readIds(text)).toEqual(ids);
});
