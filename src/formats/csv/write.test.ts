import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { writeCsv } from './write.ts';

test('RFC 4180: quotes where they are needed, CRLF, empty cells for null', () => {
  const rows = [
    ['a,b', 'say "x"', null],
    [1.5, true, 'two\nlines'],
  ];
  expect([...writeCsv(['name', 'remark', 'n'], rows)].join('')).toBe(
    'name,remark,n\r\n"a,b","say ""x""",\r\n1.5,true,"two\nlines"\r\n',
  );
  expect([...writeCsv(['a'], [])].join('')).toBe('a\r\n');
});

test('a long table comes in chunks that join without a seam', () => {
  const rows = Array.from({ length: 10_000 }, (_, row) => [row, row / 7]);
  const chunks = [...writeCsv(['row', 'value'], rows)];
  expect(chunks.length).toBeGreaterThan(2);
  const { data } = Papa.parse<string[]>(chunks.join('').trimEnd());
  expect(data.slice(1).map((cells) => cells.map(Number))).toEqual(rows);
});
