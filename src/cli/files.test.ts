import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import type { ByteSource, Bytes } from '#formats/format.ts';
import { readSnapshot } from '#formats/readSnapshot.ts';
import { fileSource } from './files.ts';

const ATOMS = 200_000;
const CHANGED = 'atoms.xyz: the file was changed, moved or removed since it was chosen: open it again.';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grainscope-files-'));
  path = join(folder, 'atoms.xyz');
  writeFileSync(path, `${ATOMS}\n\n${'Fe 0.125 0.250 0.375\n'.repeat(ATOMS)}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The same file, to which something happens as soon as its first bytes were read. */
function changing(source: ByteSource, change: () => void): ByteSource {
  let changed = false;
  const see = new TransformStream<Bytes, Bytes>({
    transform(bytes, controller) {
      if (!changed) change();
      changed = true;
      controller.enqueue(bytes);
    },
  });
  return { ...source, stream: () => source.stream().pipeThrough(see) };
}

async function sentenceOf(source: ByteSource, memory: MemoryLedger): Promise<string> {
  const thrown = await readSnapshot(source, { frame: 'last', memory }).catch((error: unknown) => error);
  return describeFailure(toFailure(thrown));
}

test.each<[string, () => void]>([
  ['grows', () => appendFileSync(path, 'Fe 0 0 0\n')],
  ['shrinks', () => truncateSync(path, 3_000_000)],
  ['is written anew to the same length', () => utimesSync(path, new Date(), new Date(Date.now() + 5000))],
])('a file that %s while it is read is refused in one sentence, and its memory is given back', async (_, change) => {
  const memory = new MemoryLedger();
  expect(await sentenceOf(changing(fileSource(path), change), memory)).toBe(CHANGED);
  expect(memory.bytes).toBe(0);
});

test('a file that grew between its choice and its reading is refused too', async () => {
  const source = fileSource(path);
  appendFileSync(path, 'Fe 0 0 0\n');
  expect(await sentenceOf(source, new MemoryLedger())).toBe(CHANGED);
});

test('one that stays as it is is read', async () => {
  const snapshot = await readSnapshot(fileSource(path), { frame: 'last', memory: new MemoryLedger() });
  expect(snapshot.count).toBe(ATOMS);
});
