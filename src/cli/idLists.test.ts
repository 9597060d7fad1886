import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { idListText, isListRef, LONGEST_INLINE } from '#pipeline/idLists.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { namedLists } from './idLists.ts';

const folder = mkdtempSync(join(tmpdir(), 'id-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('lists up to the limit stay in the parameters; longer ones become references, found again in the folder', () => {
  const short = Array.from({ length: LONGEST_INLINE }, (_, k) => k + 1);
  const long = Array.from({ length: LONGEST_INLINE + 1 }, (_, k) => 3 * (LONGEST_INLINE - k) + 1);
  const { parameters, lists } = namedLists({ ...defaultParameters(), candidates: long, exclude: short });
  expect(parameters.exclude).toBe(short);
  expect(parameters.candidates).toMatchObject({ name: 'candidates.txt', count: LONGEST_INLINE + 1 });
  expect(isListRef(parameters.candidates) && lists.get(parameters.candidates.sha256)).toEqual(
    Uint32Array.from(long).sort(),
  );

  expect(() => namedLists(parameters, folder)).toThrow(/candidates\.txt: expected the atoms of --candidates/);
  writeFileSync(join(folder, 'candidates.txt'), [...idListText([...lists.values()][0]!)].join(''));
  const again = namedLists(parameters, folder);
  expect(again.parameters).toEqual(parameters);
  expect([...again.lists]).toEqual([...lists]);
  writeFileSync(join(folder, 'candidates.txt'), '1\n2\n');
  expect(() => namedLists(parameters, folder)).toThrow(/these are not the atoms of the earlier run: expected SHA-256/);
});
