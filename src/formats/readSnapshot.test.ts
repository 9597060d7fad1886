import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { describeFailure } from '#data/errors.ts';
import { blobSource } from './format.ts';
import { readSnapshot } from './readSnapshot.ts';
import { bytesSource, failureOf, gzip, readText, textBytes } from './testSupport.ts';

test('a file of unknown format is refused with a sentence that lists what can be read', async () => {
  const failure = await failureOf(readText('POSCAR of something\n1.0\n3 0 0\n0 3 0\n0 0 3\nFe\n1\nDirect\n0 0 0\n'));
  expect(describeFailure(failure)).toBe(
    'test: unknown format: expected LAMMPS text dump (.dump, .lammpstrj) or extended XYZ (.xyz, .extxyz), ' +
      'plain or gzip-compressed, found text that starts like none of these.',
  );
});

test('other compressions are named', async () => {
  const zstd = bytesSource(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4, 5]), 'a.dump.zst');
  const failure = await failureOf(readSnapshot(zstd, { frame: 'last', memory: new MemoryLedger() }));
  expect(describeFailure(failure)).toBe('a.dump.zst: expected plain text or gzip, found Zstandard data.');
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
