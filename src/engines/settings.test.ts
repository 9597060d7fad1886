import { expect, test } from 'vitest';
import { Refusal } from '#data/errors.ts';
import type { InputParameter } from './input.ts';
import { readSettings } from './settings.ts';

const PARAMETERS: readonly InputParameter[] = [
  { kind: 'number', key: 'cutoff', label: 'cut-off', unit: 'eV', default: 544, above: 0, help: '' },
  { kind: 'text', key: 'folder', label: 'folder', default: 'pseudo', help: '' },
  { kind: 'elements', key: 'moment', label: 'moments', default: 'Fe=2.2', help: '' },
];
const read = (given: Record<string, number | string> = {}) => readSettings('CODE', PARAMETERS, given);

test('defaults, and what was set instead', () => {
  expect(read().number('cutoff')).toBe(544);
  expect(read({ cutoff: '500' }).number('cutoff')).toBe(500);
  expect(read().text('folder')).toBe('pseudo');
  expect(read({ folder: ' a b ' }).text('folder')).toBe('a b');
  expect(read().numberOfElement('moment', 'Fe')).toBe(2.2);
  const two = read({ moment: 'Fe=-1; Cr=0.5,\n Ni=x' });
  expect(two.numberOfElement('moment', 'Cr')).toBe(0.5);
  expect(two.ofElement('moment', 'Fe')).toBe('-1');
  expect(two.numberOfElement('moment', 'Al', 0)).toBe(0);
});

test.each([
  [() => read({ cutof: 1 }), 'CODE has no setting cutof, only cutoff, folder, moment.'],
  [() => read({ cutoff: 0 }), 'CODE, cut-off: expected a number above 0, found "0".'],
  [() => read({ cutoff: '' }), 'CODE, cut-off: expected a number above 0, found "".'],
  [() => read({ cutoff: 'many' }), 'CODE, cut-off: expected a number above 0, found "many".'],
  [() => read({ folder: 'a\nb' }), 'CODE, folder: expected one line without quotation marks.'],
  [() => read({ folder: "a'b" }), 'CODE, folder: expected one line without quotation marks.'],
  [() => read({ moment: 'Fe' }), 'CODE, moments: expected entries like Fe=..., found "Fe".'],
  [() => read().ofElement('moment', 'Cr'), 'CODE, moments: nothing is given for Cr; add "Cr=...".'],
  [
    () => read({ moment: 'Fe=x' }).numberOfElement('moment', 'Fe'),
    'CODE, moments: expected a number for Fe, found "x".',
  ],
])('what cannot be is refused (%#)', (attempt, sentence) => {
  expect(attempt).toThrow(Refusal);
  expect(attempt).toThrow(sentence);
});
