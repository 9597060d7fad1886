import { expect, test } from 'vitest';
import { rangeWords, readRange } from './rangeText.ts';

test.each([
  ['', '3', { from: null, to: 3 }],
  [' -1.5e-3 ', '', { from: -0.0015, to: null }],
  ['−2', '2', { from: -2, to: 2 }],
  ['5', '5', { from: 5, to: 5 }],
  ['', ' ', { problem: 'Give a lower limit, an upper one, or both.' }],
  ['3', '2', { problem: 'The lower limit is above the upper one.' }],
  ['1,5', '', { problem: '“1,5” is no number.' }],
  ['1', 'Infinity', { problem: '“Infinity” is no number.' }],
])('"%s" and "%s" are read', (from, to, expected) => expect(readRange(from, to)).toEqual(expected));

test('ranges in words', () => {
  expect(rangeWords('Error', 'eV', -0.1, 0.2)).toBe('Error −0.1 to 0.2 eV');
  expect(rangeWords('CN', '', null, 12)).toBe('CN up to 12');
  expect(rangeWords('CN', '', 15, null)).toBe('CN from 15');
  expect(rangeWords('CN', '', 14, 14)).toBe('CN 14');
});
