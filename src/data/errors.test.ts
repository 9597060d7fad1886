import { describe, expect, test } from 'vitest';
import { badInput, badParameter, describeFailure, type Failure, Refusal, toFailure } from './errors.ts';

describe('the sentence of a failure', () => {
  const base: Failure = { tag: 'bad-input', message: '' };
  test.each<[Partial<Failure>, string]>([
    [
      { file: 'slab.xyz', line: 41207, expected: '7 columns', found: '6' },
      'slab.xyz, line 41207: expected 7 columns, found 6.',
    ],
    [{ file: 'slab.xyz', expected: 'atoms' }, 'slab.xyz: expected atoms.'],
    [{ file: 'a.csv', message: 'the table is empty' }, 'a.csv: the table is empty.'],
    [
      { file: 'a.csv', line: 3, message: 'a second energy', expected: '1 eV', found: '2 eV' },
      'a.csv, line 3: a second energy: expected 1 eV, found 2 eV.',
    ],
    [{ message: 'Cancelled' }, 'Cancelled.'],
    [{ message: 'It ended with a stop.' }, 'It ended with a stop.'],
    [{ message: 'Where do the results go?' }, 'Where do the results go?'],
    [{ line: 0, message: 'odd' }, 'line 0: odd.'],
  ])('%j', (change, sentence) => {
    expect(describeFailure({ ...base, ...change })).toBe(sentence);
    expect(new Refusal({ ...base, ...change }).message).toBe(sentence);
  });
});

test('refusals carry their failure as plain data that survives a copy to another thread', () => {
  const { failure } = badInput({ file: 'a.dump', line: 4, expected: 'a number', found: 'many' });
  expect(failure).toEqual({
    tag: 'bad-input',
    message: '',
    file: 'a.dump',
    line: 4,
    expected: 'a number',
    found: 'many',
  });
  expect(structuredClone(failure)).toEqual(failure);
  expect(badParameter('Too large').failure).toEqual({ tag: 'bad-parameter', message: 'Too large' });
  expect(badParameter('Too large')).toBeInstanceOf(Error);
});

test('whatever is thrown becomes a failure', () => {
  const failure: Failure = { tag: 'cancelled', message: 'Cancelled' };
  expect(toFailure(new Refusal(failure))).toBe(failure);
  expect(toFailure(failure)).toBe(failure);
  expect(toFailure('plain text')).toEqual({ tag: 'bug', message: 'plain text' });
  expect(toFailure(null)).toEqual({ tag: 'bug', message: 'null' });
  const bug = toFailure(new TypeError('undefined is not a function'));
  expect(bug.tag).toBe('bug');
  // The stack is what a report of the bug needs.
  expect(bug.message).toMatch(/^TypeError: undefined is not a function\n\s+at /);
});
