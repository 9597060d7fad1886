import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { FIXTURE_ATOMS as ATOMS, FIXTURES, fixtureText as fixture } from '#tests/snapshotFixtures.ts';
import { SNAPSHOT_FORMATS } from './index.ts';
import { peekSnapshot } from './peekSnapshot.ts';
import { readSnapshot } from './readSnapshot.ts';
import { bytesSource, failureOf, gzip, readText, textBytes } from './testSupport.ts';

/** What must not depend on how the file was written down. */
function contentOf({ source, warnings, ...content }: Snapshot) {
  const { timestep, frame, frameCount } = source;
  return { ...content, timestep, frame, frameCount };
}

/** Line number (1-based) and text of the line of the k-th atom, counted from the end. */
function lineFromEnd(text: string, k: number): { line: number; content: string } {
  const lines = text.trimEnd().split('\n');
  return { line: lines.length - k, content: lines[lines.length - 1 - k]! };
}

describe.each(SNAPSHOT_FORMATS.map((format) => [format.name, format] as const))('%s', (name, format) => {
  const files = FIXTURES[name];
  if (!files) throw new Error(`format ${name} has no fixtures: add them here`);
  const single = fixture(files.single);
  const frames = files.frames === null ? '' : fixture(files.frames);
  const ofFrames = test.skipIf(files.frames === null);

  test('is recognised by content, and by itself alone', () => {
    expect(SNAPSHOT_FORMATS.filter((other) => other.sniff(single))).toEqual([format]);
  });

  test.skipIf(files.count === null)('tells the size of the first frame by the head of the file', async () => {
    const { count, columns } = await readText(single);
    const size = await peekSnapshot(bytesSource(await gzip(textBytes(single))));
    expect(size?.count).toBe(count);
    // Id, type and words are fields too, but no columns.
    expect(size!.fields).toBeGreaterThanOrEqual(3 + columns.length);
    expect(await peekSnapshot(bytesSource(textBytes(single.slice(0, 12))))).toBeNull();
  });

  test('reads ascending ids and says where they come from', async () => {
    const snapshot = await readText(single);
    expect(snapshot.count).toBe(ATOMS);
    expect([...snapshot.ids]).toEqual(Array.from({ length: ATOMS }, (_, row) => row + 1));
    expect(snapshot.source).toMatchObject({ format: name, frame: 0, frameCount: 1 });
    expect(snapshot.source.timestep).toBe(files.nameless || name === 'atomeye' ? null : 0);
    const digest = await crypto.subtle.digest('SHA-256', textBytes(single));
    expect(snapshot.source.sha256).toBe(Buffer.from(digest).toString('hex'));
    const said = snapshot.warnings.map(({ message }) => message);
    expect(said.filter((message) => !files.warning?.test(message))).toEqual([]);
  });

  test('refuses an empty file and one of blanks', async () => {
    for (const text of ['', '\n', '\uFEFF', ' \r\n\n']) {
      expect((await failureOf(readText(text))).message).toContain('empty');
    }
  });

  test('refuses a file cut anywhere, unless nothing was lost that shows', async () => {
    const whole = contentOf(await readText(single));
    const lastField = single.trimEnd().lastIndexOf(' ') + 1;
    let accepted = 0;
    for (let cut = 0; cut < single.length; cut++) {
      const outcome = await readText(single.slice(0, cut)).catch((thrown: unknown) => thrown as Error);
      if (outcome instanceof Error) {
        expect(outcome.name, `cut at ${cut}: ${outcome.stack}`).toBe('Refusal');
        continue;
      }
      accepted++;
      if (files.count === null) {
        // Without a number of atoms only whole ones may be missing, which is warned of.
        expect(outcome.warnings.map(({ message }) => message).join()).toContain('does not say how many atoms');
        const whole3 = 3 * (outcome.count - 1);
        expect([...outcome.position.subarray(0, whole3)]).toEqual([...whole.position.subarray(0, whole3)]);
        continue;
      }
      // Only the last number can lose digits unseen, and then the missing line end is warned of.
      expect(cut, 'cut').toBeGreaterThan(lastField);
      expect(outcome.warnings.map((warning) => warning.message).join()).toContain('no line end');
      if (single.slice(cut).trim() === '') expect(contentOf(outcome)).toEqual(whole);
    }
    expect(accepted).toBeGreaterThan(0);
  });

  test.skipIf(files.frames === null || files.count === null)(
    'refuses a trajectory cut anywhere but between frames',
    async () => {
      const frameLength = single.split('\n').length - 1;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 3 * frameLength - 1 }), async (lines) => {
          const text = `${frames.split('\n').slice(0, lines).join('\n')}\n`;
          const reading = readText(text);
          if (lines % frameLength === 0) expect((await reading).source.frameCount).toBe(lines / frameLength);
          else expect((await failureOf(reading)).tag).toBe('bad-input');
        }),
        { numRuns: 60, seed: 1 },
      );
    },
  );

  test('reads gzip, and refuses it cut or damaged', async () => {
    const zipped = await gzip(textBytes(single));
    const memory = new MemoryLedger();
    const read = (bytes: typeof zipped, chunk?: number) =>
      readSnapshot(bytesSource(bytes, 'test.gz', chunk), { frame: 'last', memory });
    expect(contentOf(await read(zipped))).toEqual(contentOf(await readText(single)));
    expect(contentOf(await read(zipped, 7))).toEqual(contentOf(await readText(single)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: zipped.length - 1 }), async (cut) => {
        expect((await failureOf(read(zipped.slice(0, cut)))).tag).toBe('bad-input');
      }),
      { numRuns: 60, seed: 1 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: zipped.length - 9 }), async (at) => {
        const damaged = zipped.slice();
        damaged[at]! ^= 0xff;
        expect((await failureOf(read(damaged))).tag).toBe('bad-input');
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('reads the same with CRLF, with a byte order mark, and in chunks of any size', async () => {
    const whole = contentOf(await readText(single));
    expect(contentOf(await readText(single.replaceAll('\n', '\r\n')))).toEqual(whole);
    expect(contentOf(await readText(`\uFEFF${single}`))).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (chunkSize) => {
        const source = bytesSource(textBytes(single), 'test', chunkSize);
        const snapshot = await readSnapshot(source, { frame: 'last', memory: new MemoryLedger() });
        expect(contentOf(snapshot)).toEqual(whole);
      }),
      { numRuns: 30, seed: 1, examples: [[1], [2], [3]] },
    );
  });

  test('refuses coordinates that are no finite numbers, with the line', async () => {
    const { line, content } = lineFromEnd(single, 9);
    const coordinate = /\d+\.\d{5}(?!\d)/.exec(content)![0];
    for (const word of ['nan', '-NaN', 'inf', '1.2.3', '--1', '1e400']) {
      const spoiled = single.replace(content, content.replace(coordinate, word));
      const failure = await failureOf(readText(spoiled));
      expect(failure).toMatchObject({ line, file: 'test', found: `"${word}"` });
    }
  });

  test('refuses a row with a field too few or too many', async () => {
    const { line, content } = lineFromEnd(single, 9);
    for (const spoiled of [`${content} 1.0`, content.slice(0, content.lastIndexOf(' '))]) {
      const failure = await failureOf(readText(single.replace(content, spoiled)));
      // A row that may be wrapped ends wherever the next one does.
      if (files.loose) expect(failure.tag).toBe('bad-input');
      else expect(failure).toMatchObject({ line });
    }
  });

  test.skipIf(files.count === null)('refuses a wrong number of atoms', async () => {
    for (const wrong of [ATOMS - 1, ATOMS + 1, 0, -1, 1e9, 99_999_999_999_999]) {
      const spoiled = single.replace(files.count ?? new RegExp(`^${ATOMS}$`, 'm'), `${wrong}`);
      expect(spoiled).not.toBe(single);
      expect((await failureOf(readText(spoiled))).tag).toBe('bad-input');
    }
  });

  test.skipIf(files.nameless)('refuses an atom id that occurs twice, with both lines', async () => {
    const last = lineFromEnd(single, 0);
    const other = lineFromEnd(single, 21);
    const failure = await failureOf(readText(single.replace(last.content, other.content)));
    if (files.loose) {
      expect(failure.found).toMatch(/^id \d+ for atoms \d+ and 54 /);
      return;
    }
    expect(failure.line).toBe(last.line);
    expect(failure.found).toContain(`line ${other.line}`);
  });

  ofFrames('reads the frame that was asked for and counts them all', async () => {
    const [first, second, last] = await Promise.all([readText(frames, 0), readText(frames, 1), readText(frames, 2)]);
    expect([first, second, last].map(({ source }) => source.timestep)).toEqual(
      files.nameless ? [null, null, null] : [0, 50, 100],
    );
    expect([first, second, last].map(({ source }) => source.frameCount)).toEqual([3, 3, 3]);
    expect(contentOf(await readText(frames, 'first'))).toEqual(contentOf(first));
    expect(contentOf(await readText(frames, 'last'))).toEqual(contentOf(last));
    expect(contentOf(await readText(frames + frames, 5))).toEqual({ ...contentOf(last), frame: 5, frameCount: 6 });
    expect(await failureOf(readText(frames, 3))).toMatchObject({ found: '3 frames in the file' });
  });

  test('keeps in the ledger what the snapshot holds, and nothing of what was refused', async () => {
    const memory = new MemoryLedger();
    const { ids, fileOrder, types, position, columns } = await readText(frames || single, 'last', memory);
    expect(memory.entries).toHaveLength((fileOrder ? 4 : 3) + columns.length);
    memory.release(ids, fileOrder ?? undefined, types, position, ...columns.map((column) => column.array));
    expect(memory.bytes).toBe(0);
    await failureOf(readText((frames || single).slice(0, -12), 'last', memory));
    expect(memory.bytes).toBe(0);
  });

  test('reports progress in bytes of the file, and stops where it is told to', async () => {
    const zipped = await gzip(textBytes(single));
    const control = new Control();
    const options = { frame: 'last', memory: new MemoryLedger(), control } as const;
    await readSnapshot(bytesSource(zipped), options);
    expect(control.progress).toEqual({ phase: 'reading', done: zipped.length, total: zipped.length });
    for (const bytes of [textBytes(single), zipped]) {
      const stopped = new Control();
      const source = bytesSource(bytes, 'test', 100);
      const reading = readSnapshot(source, { ...options, control: stopped });
      stopped.cancel();
      expect((await failureOf(reading)).tag).toBe('cancelled');
    }
  });
});
