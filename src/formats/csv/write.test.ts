import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { writeCsv } from './write.ts';

test('quotes where they are needed, LF, empty cells for null', () => {
  const rows = [
    ['a,b', 'say "x"', null],
    [1.5, true, 'two\nlines'],
  ];
  expect([...writeCsv(['name', 'remark', 'n'], rows)].join('')).toBe(
    'name,remark,n\n"a,b","say ""x""",\n1.5,true,"two\nlines"\n',
  );
  expect([...writeCsv(['a'], [])].join('')).toBe('a\n');
});

test('names that a spreadsheet would compute are marked as text, numbers are left alone', () => {
  const names = ['=1+1', '@SUM(A1)', '+2+3', "-2+3+cmd|' /C calc'!A0", '\t=1', '-4.12', '+1e-3', -4.12, 'a=b', '-'];
  const [, ...lines] = [
    ...writeCsv(
      ['name'],
      names.map((name) => [name]),
    ),
  ]
    .join('')
    .trimEnd()
    .split('\n');
  expect(lines).toEqual([
    `"'=1+1"`,
    `"'@SUM(A1)"`,
    `"'+2+3"`,
    `"'-2+3+cmd|' /C calc'!A0"`,
    `"'\t=1"`,
    '-4.12',
    '+1e-3',
    '-4.12',
    'a=b',
    `"'-"`,
  ]);
  expect([...writeCsv(['=head'], [])].join('')).toBe(`"'=head"\n`);
});

test('a long table comes in chunks that join without a seam', () => {
  const rows = Array.from({ length: 10_000 }, (_, row) => [row, row / 7]);
  const chunks = [...writeCsv(['row', 'value'], rows)];
  expect(chunks.length).toBeGreaterThan(2);
  const { data } = Papa.parse<string[]>(chunks.join('').trimEnd());
  expect(data.slice(1).map((cells) => cells.map(Number))).toEqual(rows);
});
