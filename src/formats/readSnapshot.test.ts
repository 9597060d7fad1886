import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { describeFailure } from '#data/errors.ts';
import { blobSource } from './format.ts';
import { BYTES_FORMATS, SNAPSHOT_FORMATS } from './index.ts';
import { readSnapshot } from './readSnapshot.ts';
import { bytesSource, failureOf, gzip, readText, textBytes } from './testSupport.ts';

test('a file of unknown format is refused with a sentence that lists what can be read', async () => {
  const sentence = describeFailure(await failureOf(readText('a letter\nto nobody\n')));
  expect(sentence).toMatch(/^test: unknown format: expected LAMMPS text dump \(\.dump, \.lammpstrj\), /);
  for (const { title } of [...SNAPSHOT_FORMATS, ...BYTES_FORMATS]) expect(sentence).toContain(title);
  expect(sentence).toMatch(/ found a file that starts like none of these\.$/);
});

test('other compressions are named', async () => {
  const bzip2 = bytesSource(textBytes('BZh91AY&SY'), 'a.dump.bz2');
  const failure = await failureOf(readSnapshot(bzip2, { frame: 'last', memory: new MemoryLedger() }));
  expect(describeFailure(failure)).toBe('a.dump.bz2: expected plain data, gzip or Zstandard, found bzip2 data.');
});

test('a line longer than 1 MiB is refused, wherever the chunks end', async () => {
  const long = textBytes(`2\nabout ${'x'.repeat(1.1 * 1024 * 1024)}\nFe 0 0 0\nFe 1 1 1\n`);
  for (const chunkSize of [1000, 65_536, long.length]) {
    const source = bytesSource(long, 'long.xyz', chunkSize);
    const failure = await failureOf(readSnapshot(source, { frame: 'last', memory: new MemoryLedger() }));
    expect(failure).toMatchObject({ line: 2, file: 'long.xyz' });
  }
});

test('a source that fails is refused as one that cannot be read', async () => {
  const broken = () => new ReadableStream({ pull: () => Promise.reject(new Error('gone')) });
  const source = { name: 'a.xyz', byteLength: 10, stream: broken };
  const failure = await failureOf(readSnapshot(source, { frame: 'last', memory: new MemoryLedger() }));
  expect(describeFailure(failure)).toBe('a.xyz: the file could not be read (Error: gone).');
});

test('a blob is a source', async () => {
  const blob = new Blob(['1\n\nFe 0 0 0\n']);
  const snapshot = await readSnapshot(blobSource(blob, 'one.xyz'), { frame: 'first', memory: new MemoryLedger() });
  expect(snapshot.source).toMatchObject({ name: 'one.xyz', byteLength: 12, format: 'extxyz' });
});

test('a refusal lets go of the file, plain or gzip', async () => {
  const garbage = textBytes(`3\n\nFe 0 0 0\n${'Fe 1 1 nonsense\n'.repeat(100_000)}`);
  for (const bytes of [garbage, await gzip(garbage)]) {
    let closed = false;
    // It never ends by itself: only being let go of closes it.
    const stream = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(bytes),
        cancel: () => {
          closed = true;
        },
      });
    const source = { name: 'a.xyz', byteLength: bytes.length, stream };
    const failure = await failureOf(readSnapshot(source, { frame: 'last', memory: new MemoryLedger() }));
    expect(failure.line).toBe(4);
    await expect.poll(() => closed).toBe(true);
  }
});

test('gzip in several members is read whole, and the hash covers every byte of the file', async () => {
  const parts = ['1\n\nFe 0 ', '0 0\n'].map((text) => gzip(textBytes(text)));
  const file = new Uint8Array(await new Blob(await Promise.all(parts)).arrayBuffer());
  for (const chunkSize of [5, 65_536]) {
    const options = { frame: 'last', memory: new MemoryLedger() } as const;
    const snapshot = await readSnapshot(bytesSource(file, 'a.xyz.gz', chunkSize), options);
    expect(snapshot.count).toBe(1);
    const digest = await crypto.subtle.digest('SHA-256', file);
    expect(snapshot.source.sha256).toBe(Buffer.from(digest).toString('hex'));
  }
});

test('zeros after the compressed data, as on a tape, do no harm', async () => {
  const zipped = await gzip(textBytes('1\n\nFe 0 0 0\n'));
  const padded = new Uint8Array(zipped.length + 3000);
  padded.set(zipped);
  for (const chunkSize of [50, 65_536]) {
    const options = { frame: 'last', memory: new MemoryLedger() } as const;
    const snapshot = await readSnapshot(bytesSource(padded, 'a.xyz.gz', chunkSize), options);
    const digest = await crypto.subtle.digest('SHA-256', padded);
    expect(snapshot.source.sha256).toBe(Buffer.from(digest).toString('hex'));
  }
});
