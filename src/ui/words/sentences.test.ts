import { expect, test } from 'vitest';
import { withoutFlags } from './sentences.ts';

test.each([
  ['Cutoff (--cutoff): expected a number', 'Cutoff: expected a number'],
  ['say whose they are (--structure-column, --structure-codes).', 'say whose they are.'],
  ['a name (with brackets) stays', 'a name (with brackets) stays'],
])('%s', (sentence, words) => {
  expect(withoutFlags(sentence)).toBe(words);
});
