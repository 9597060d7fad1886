import { expect, test } from 'vitest';
import { Refusal } from '#data/errors.ts';
import { renderTemplate } from './template.ts';

const VALUES = new Map<string, string | (() => string)>([
  ['count', '54'],
  ['atoms', 'Fe 0 0 0\nFe 1 1 1'],
  ['costly', () => 'asked'],
]);
const render = (template: string) => renderTemplate(template, VALUES, 'cell.in');

test.each([
  ['no placeholder { } }} $x', 'no placeholder { } }} $x'],
  ['nat = {{count}}\n{{ count }}{{count}}', 'nat = 54\n5454'],
  ['&COORD\n    {{atoms}}\n&END', '&COORD\n    Fe 0 0 0\n    Fe 1 1 1\n&END'],
  ['a\r\nb {{costly}}\r\n', 'a\nb asked\n'],
])('%j becomes %j', (template, expected) => {
  expect(render(template)).toBe(expected);
});

test('what a value holds is not taken for a placeholder', () => {
  expect(renderTemplate('{{a}}', new Map([['a', '{{b}} $& $1']]), 'f')).toBe('{{b}} $& $1');
});

test.each([
  ['one\ntwo {{cont}}', 'cell.in, line 2: There is no placeholder {{cont}}, only {{count}}, {{atoms}}, {{costly}}.'],
  ['{{}}', 'cell.in, line 1: There is no placeholder {{}}, only {{count}}, {{atoms}}, {{costly}}.'],
  ['{{count}}\n\n {{count\n}}', 'cell.in, line 3: A placeholder is opened by {{ and not closed by }}.'],
])('%j is refused', (template, sentence) => {
  expect(() => render(template)).toThrow(Refusal);
  expect(() => render(template)).toThrow(sentence);
});

test('a value that cannot be had is asked for only where it stands', () => {
  const values = new Map<string, string | (() => string)>([
    ['a', 'A'],
    [
      'b',
      () => {
        throw new Error('asked');
      },
    ],
  ]);
  expect(renderTemplate('{{a}}', values, 'f')).toBe('A');
  expect(() => renderTemplate('{{b}}', values, 'f')).toThrow('asked');
});
