import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { describeFailure } from '#data/errors.ts';
import type { Bytes } from '../format.ts';
import { readSnapshot } from '../readSnapshot.ts';
import { bytesSource, failureOf } from '../testSupport.ts';
import { unzstd } from './unzstd.ts';

const file = (path: string): Bytes => new Uint8Array(readFileSync(new URL(path, import.meta.url)));
const single = file('fixtures/single.dump.zst');
const twoFrames = file('fixtures/two-frames.dump.zst');
const plain = file('../lammpsDump/fixtures/single.dump');
/** A frame to be skipped, of five bytes. */
const skipped = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5);

async function* slices(bytes: Bytes, size: number): AsyncGenerator<Bytes> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function undo(bytes: Bytes, size = 65_536): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of unzstd('a.zst', slices(bytes, size))) parts.push(part.slice());
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const join = async (...parts: Bytes[]): Promise<Bytes> => new Uint8Array(await new Blob(parts).arrayBuffer());

test('what zstd compressed comes back, in pieces of any size', async () => {
  for (const size of [1, 2, 7, 100, 65_536]) {
    expect(await undo(single, size)).toEqual(plain);
    expect(await undo(twoFrames, size)).toEqual(plain);
  }
});

test('frames follow one another, and those to be skipped are', async () => {
  const whole = await undo(await join(skipped, single, skipped, twoFrames, skipped), 11);
  expect(whole).toEqual(await join(plain, plain));
});

test('data that are cut or damaged are refused in one sentence', async () => {
  const sentence = 'a.zst: the Zstandard data are damaged or cut short.';
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: single.length - 1 }), async (cut) => {
      expect(describeFailure(await failureOf(undo(single.slice(0, cut))))).toBe(sentence);
    }),
    { numRuns: 100, seed: 1 },
  );
  await fc.assert(
    // Behind magic number, descriptor and length: those are asked for what they say.
    fc.asyncProperty(fc.integer({ min: 7, max: single.length - 1 }), fc.nat(7), async (at, bit) => {
      const damaged = single.slice();
      damaged[at]! ^= 1 << bit;
      // A bit that codes nothing may change: the checksum says that the content is whole.
      const outcome = await undo(damaged).catch((thrown: unknown) => (thrown as Error).message);
      if (typeof outcome === 'string') expect(outcome).toBe(sentence);
      else expect(outcome).toEqual(plain);
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(describeFailure(await failureOf(undo(await join(single, plain))))).toBe(sentence);
});

test('a dictionary, or a window that asks for gigabytes, is refused by name', async () => {
  const frame = (...header: number[]) => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...header, ...new Array(20).fill(0));
  expect((await failureOf(undo(frame(0x01, 0x40, 7)))).message).toContain('need a dictionary');
  expect((await failureOf(undo(frame(0x00, 0xa8)))).message).toContain('a window of more than 128 MiB');
});

test('a snapshot is read, its progress told in bytes of the file, and a cancel is looked at', async () => {
  const control = new Control();
  const memory = new MemoryLedger();
  const { source, count } = await readSnapshot(bytesSource(single), { frame: 'last', memory, control });
  expect([count, source.byteLength]).toEqual([54, single.length]);
  expect(control.progress).toEqual({ phase: 'reading', done: single.length, total: single.length });
  const stopped = new Control();
  const reading = readSnapshot(bytesSource(single, 'test', 100), { frame: 'last', memory, control: stopped });
  stopped.cancel();
  expect((await failureOf(reading)).tag).toBe('cancelled');
});
