import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Control } from '#data/control.ts';
import { blobSource } from '../format.ts';
import { eachText } from './eachText.ts';
import type { FoundFile } from './found.ts';
import { pathWithin } from './limits.ts';
import { openZip } from './openZip.ts';
import { eachInZip } from './zip.ts';

type Made = Uint8Array<ArrayBuffer>;
const TEXT = strToU8('energy -1.5\n');
const ZEROS = new Uint8Array(100 * 1024 * 1024);
/** Python's zipfile with `force_zip64`: sizes in front, and behind in a data descriptor. */
const ZIP64 = {
  front:
    'UEsDBC0AAAAAAAAAIQBxSZ6F//////////8FABQAYS5vdXQBABAADAAAAAAAAAAMAAAAAAAAAGVuZXJneSAtMS41ClBLAQItAy0AAAAAAAAAIQBxSZ6FDAAAAAwAAAAFAAAAAAAAAAAAAACAAQAAAABhLm91dFBLBQYAAAAAAQABADMAAABDAAAAAAA=',
  behind:
    'UEsDBC0ACAAIAAAAIQAAAAAA//////////8FABQAYS5vdXQBABAAAAAAAAAAAAAAAAAAAAAAAEvNSy1Kr1TQNdQz5QIAUEsHCHFJnoUOAAAAAAAAAAwAAAAAAAAAUEsBAi0DLQAIAAgAAAAhAHFJnoUOAAAADAAAAAUAAAAAAAAAAAAAAIABAAAAAGEub3V0UEsFBgAAAAABAAEAMwAAAF0AAAAAAA==',
};

async function read(bytes: Uint8Array, wanted = true): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const source = blobSource(new Blob([bytes as Made]), 'p.zip');
  for await (const file of eachText(source, () => wanted, new Control())) found.push(file);
  return found;
}

describe('paths that lead out of an archive', () => {
  test('are refused one by one, and the rest is read', async () => {
    const names = ['../../a.out', '/etc/a.out', 'jobs/../../a.out', 'C:\\a.out', '..\\a.out', 'jobs\\1\\a.out'];
    const archive = zipSync(Object.fromEntries(names.map((name) => [name, TEXT])));
    const found = await read(archive);
    expect(found.filter(({ text }) => text !== null).map(({ path }) => path)).toEqual(['jobs/1/a.out']);
    for (const { path, text, problem } of found.filter((file) => file.path !== 'jobs/1/a.out')) {
      expect(text).toBeNull();
      expect(problem).toBe(`${path}: its path leads out of the archive`);
    }
  });

  test('are told from those that only look like it', () => {
    expect(pathWithin('./jobs/a..b/..c.out')).toBe('jobs/a..b/..c.out');
    expect(pathWithin('a/b\0.out')).toBeNull();
  });
});

describe('bombs', () => {
  const refusal = /p\.zip.*unpacks to more than 200 times its size/;

  test.each([true, false])('zeros in an archive, wanted: %s', async (wanted) => {
    await expect(read(zipSync({ 'a.out': ZEROS }), wanted)).rejects.toThrow(refusal);
  });

  test('many files that are harmless one by one', async () => {
    const part = ZEROS.subarray(0, 10 * 1024 * 1024);
    const files = Object.fromEntries(Array.from({ length: 10 }, (_, k) => [`${k}.out`, part]));
    await expect(read(zipSync(files))).rejects.toThrow(refusal);
  });

  test('gzip inside an archive', async () => {
    await expect(read(zipSync({ 'a.out.gz': gzipSync(ZEROS) }, { level: 0 }))).rejects.toThrow(refusal);
  });

  test('a file by itself that is longer than any output', async () => {
    const long = new Uint8Array(257 * 1024 * 1024);
    const [file] = await read(gzipSync(long, { level: 1 }));
    expect(file).toMatchObject({ text: null, problem: expect.stringMatching(/longer than 256 MB/) });
  });

  test('more files than any package has', async () => {
    const archive = zipSync(Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`${k}.out`, TEXT]))) as Made;
    async function* whole() {
      yield archive;
    }
    const count = async (most: number) => {
      let files = 0;
      for await (const _ of eachInZip('p.zip', whole(), () => true, most)) files += 1;
      return files;
    };
    expect(await count(12)).toBe(12);
    await expect(count(11)).rejects.toThrow(/p\.zip.*more than 11 files/);
  });

  test('what shrinks to a hundredth, as grids do, is read', async () => {
    const grid = strToU8(' 0.00000E+00'.repeat(500_000));
    const [file] = await read(zipSync({ 'a.cube': grid }));
    expect(file!.text).toHaveLength(grid.length);
  });
});

test('an encrypted file is said to be encrypted, wherever it lies in the archive', async () => {
  const archive = zipSync({ 'a.out': TEXT, 'b.out': TEXT });
  const second = archive.indexOf('b'.charCodeAt(0)) - 30;
  archive[second + 6]! |= 1;
  expect(await read(archive)).toEqual([
    { path: 'a.out', text: 'energy -1.5\n' },
    { path: 'b.out', text: null, problem: 'b.out: encrypted; unpack the archive first' },
  ]);
});

test('a compression that is not read here is said', async () => {
  const archive = zipSync({ 'a.out': TEXT });
  archive[8] = 93;
  const [file] = await read(archive);
  expect(file!.problem).toBe('a.out: packed in a way that cannot be undone here');
});

test('an archive inside the archive is not opened, and says so', async () => {
  const found = await read(zipSync({ 'inner.zip': zipSync({ 'a.out': TEXT }), 'b.out': TEXT }, { level: 0 }));
  expect(found.map(({ path, problem }) => [path, problem ?? null])).toEqual([
    ['inner.zip', 'inner.zip: an archive inside the archive; unpack it and give it by itself'],
    ['b.out', null],
  ]);
});

test.each(Object.entries(ZIP64))('zip64 is read, sizes in %s', async (_, base64) => {
  const archive = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  expect(await read(archive)).toEqual([{ path: 'a.out', text: 'energy -1.5\n' }]);
});

test('an archive that is read from anywhere refuses such paths as a whole', async () => {
  const open = (name: string) => openZip(new Blob([zipSync({ [name]: TEXT }) as Made]), 'p.zip');
  expect([...(await open('a/b.bin')).keys()]).toEqual(['a/b.bin']);
  await expect(open('../a.bin')).rejects.toThrow(/p\.zip.*a path in it leads out of it/);
});
