import { expect, test } from 'vitest';
import { readIdList } from './read.ts';

test('ids in file order, with comments and blank lines', () => {
  expect(readIdList('\uFEFF# picks\r\n12\r\n\r\n  7 # centre\r\n4294967295', 'ids.txt')).toEqual(
    Uint32Array.of(12, 7, 4294967295),
  );
});

test('what is no id is refused with its line', () => {
  for (const wrong of ['1.5', '-1', '1 2', 'x', '4294967296', '1e3']) {
    expect(() => readIdList(`# c\n3\n${wrong}\n`, 'ids.txt')).toThrow(
      `ids.txt, line 3: expected one atom id, found "${wrong}".`,
    );
  }
  expect(() => readIdList('3\n4\n3\n', 'ids.txt')).toThrow('ids.txt, line 3: expected every atom id once, found id 3');
  expect(() => readIdList('# nothing\n', 'ids.txt')).toThrow('ids.txt: expected atom ids, one a line, found none.');
});
