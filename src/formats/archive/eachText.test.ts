import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Control } from '#data/control.ts';
import { blobSource, type FolderSource, type StageSource } from '../format.ts';
import { eachText } from './eachText.ts';
import type { FoundFile, Wanted } from './found.ts';

const LONG = `energy of many atoms\n${Array.from({ length: 40_000 }, (_, k) => `${(k * 7919) % 9973}`).join(' ')}end\n`;
const wanted: Wanted = (_, head) => head.includes('energy');
const blob = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => blobSource(new Blob([bytes]), name);

async function read(source: StageSource, control = new Control()): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for await (const file of eachText(source, wanted, control)) found.push(file);
  return found;
}

const FILES: Record<string, string> = {
  'jobs/0001_id7/cell.out': LONG,
  'jobs/0001_id7/cell.inp': 'cutoff 544\n',
  'jobs/0002_id9/cell.out': 'the energy\n',
};
const EXPECTED = [
  { path: 'jobs/0001_id7/cell.out', text: LONG },
  { path: 'jobs/0001_id7/cell.inp', text: null },
  { path: 'jobs/0002_id9/cell.out', text: 'the energy\n' },
];

describe('the files of', () => {
  const bytes = (text: string) => strToU8(text) as Uint8Array<ArrayBuffer>;
  const folder: FolderSource = {
    name: 'package',
    files: Object.entries(FILES).map(([path, text]) => ({ path, source: blob(path, text) })),
  };
  const zip = zipSync(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, bytes(text)])));

  test('a folder, with progress to its end', async () => {
    const control = new Control();
    expect(await read(folder, control)).toEqual(EXPECTED);
    expect(control.progress.done).toBe(control.progress.total);
  });

  test('a zip archive, stored or deflated', async () => {
    expect(await read(blob('p.zip', zip as Uint8Array<ArrayBuffer>))).toEqual(EXPECTED);
    const stored = zipSync({ 'jobs/': new Uint8Array(0), 'jobs/a.out': [bytes(LONG), { level: 0 }] });
    expect(await read(blob('p.zip', stored as Uint8Array<ArrayBuffer>))).toEqual([{ path: 'jobs/a.out', text: LONG }]);
  });

  test('a file by itself, plain or gzipped, and gzip inside an archive', async () => {
    const zipped = gzipSync(bytes(LONG)) as Uint8Array<ArrayBuffer>;
    expect(await read(blob('a.out', LONG))).toEqual([{ path: 'a.out', text: LONG }]);
    expect(await read(blob('a.out.gz', zipped))).toEqual([{ path: 'a.out.gz', text: LONG }]);
    const archive = zipSync({ 'a.out.gz': zipped }) as Uint8Array<ArrayBuffer>;
    expect(await read(blob('p.zip', archive))).toEqual([{ path: 'a.out.gz', text: LONG }]);
  });

  test('a folder with a damaged file name the file', async () => {
    const cut = gzipSync(bytes(LONG)).subarray(0, 100) as Uint8Array<ArrayBuffer>;
    const files = [{ path: 'a/cell.out.gz', source: blob('cell.out.gz', cut) }, ...folder.files];
    const [first, ...others] = await read({ name: 'package', files });
    expect(first).toMatchObject({ path: 'a/cell.out.gz', text: null });
    expect(first!.problem).toMatch(/cell\.out\.gz.*damaged or cut short/);
    expect(others).toEqual(EXPECTED);
  });

  test.each([0.3, 0.6, 0.9])('an archive that was cut at %f of its length are refused', async (part) => {
    const cut = zip.slice(0, Math.floor(part * zip.length)) as Uint8Array<ArrayBuffer>;
    await expect(read(blob('p.zip', cut))).rejects.toThrow(/p\.zip.*damaged or cut short/);
  });
});

test('a cancel ends it', async () => {
  const control = new Control();
  control.cancel();
  await expect(read(blob('a.out', LONG), control)).rejects.toThrow('Cancelled');
});
