import { expect, test } from 'vitest';
import { readMiller } from './MillerField.tsx';

test.each([
  ['110', [1, 1, 0]],
  ['1-10', [1, -1, 0]],
  ['1−12', [1, -1, 2]],
  ['10 1 -1', [10, 1, -1]],
  ['1, 2, 3', [1, 2, 3]],
])('%s is understood', (text, hkl) => expect(readMiller(text)).toEqual(hkl));

test.each(['', '11', '1111', '000', 'abc', '1 1', '1.5 1 0', '1x0'])('%s is not', (text) =>
  expect(readMiller(text)).toBe(null),
);
