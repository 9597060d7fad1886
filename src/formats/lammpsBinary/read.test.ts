import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { describeFailure } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { Bytes, FrameChoice } from '../format.ts';
import { peekSnapshot } from '../peekSnapshot.ts';
import { readSnapshot } from '../readSnapshot.ts';
import { bytesSource, failureOf, gzip } from '../testSupport.ts';

const fixture = (name: string): Bytes => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

function read(bytes: Bytes, frame: FrameChoice = 'last', memory = new MemoryLedger()): Promise<Snapshot> {
  return readSnapshot(bytesSource(bytes, 'a.bin'), { frame, memory });
}
const sentence = async (bytes: Bytes) => describeFailure(await failureOf(read(bytes)));
const messages = ({ warnings }: Snapshot) => warnings.map(({ message }) => message);

function contentOf({ source, warnings, ...content }: Snapshot) {
  const { timestep, frame, frameCount } = source;
  return { ...content, timestep, frame, frameCount };
}

/** `bytes` with `length` of them from `at` on replaced. */
function splice(bytes: Bytes, at: number, length: number, ...put: number[]): Bytes {
  return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + length)]);
}

/** The first frame as LAMMPS wrote it in revision 1, or before there was a magic string: no units, time, columns. */
function oldFrameOf(name: string, { magic }: { magic: boolean }): Bytes {
  const whole = fixture(name);
  const first = whole.subarray(0, firstFrameLength(whole));
  const columns = findAll(whole, 'id type')[0]!;
  const length = new DataView(whole.buffer).getInt32(columns - 4, true);
  const revision = findAll(whole, 'DUMP(ATOM|CUSTOM)')[0]! + (name === 'custom.bin' ? 10 : 8) + 4;
  const units = columns - 4 - (name === 'custom.bin' ? 9 + 9 : 1 + 4);
  const start = magic ? [...first.subarray(0, revision), 1, 0, 0, 0] : [];
  return Uint8Array.from([...start, ...first.subarray(revision + 4, units), ...first.subarray(columns + length)]);
}

/** Bytes of the first frame: the second starts with the length of its magic string. */
const firstFrameLength = (bytes: Bytes) => findAll(bytes, 'DUMP')[1]! - 8;

function findAll(bytes: Bytes, word: string): number[] {
  const text = new TextDecoder('latin1').decode(bytes);
  return [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => index);
}

describe('what LAMMPS wrote is what it wrote as text in the same run', () => {
  test.each(['atom', 'custom', 'image'])('%s, every frame', async (name) => {
    for (const frame of [0, 1, 2, 'first', 'last'] as const) {
      const binary = await read(fixture(`${name}.bin`), frame);
      const text = await readSnapshot(bytesSource(fixture(`${name}.dump`)), { frame, memory: new MemoryLedger() });
      expect(contentOf(binary)).toEqual(contentOf(text));
      expect(messages(binary)).toEqual(messages(text));
      expect(binary.source).toMatchObject({ format: 'lammps-binary', frameCount: 3 });
    }
    expect(await failureOf(read(fixture(`${name}.bin`), 3))).toMatchObject({ found: '3 frames in the file' });
  });

  test('a triclinic box', async () => {
    const text = await readSnapshot(bytesSource(fixture('triclinic.dump')), { frame: 0, memory: new MemoryLedger() });
    expect(contentOf(await read(fixture('triclinic.bin')))).toEqual(contentOf(text));
  });

  test('elements are types in a binary dump', async () => {
    const elements = await read(fixture('element.bin'));
    const types = await read(fixture('custom.bin'));
    expect(elements.types).toEqual(types.types);
    expect(elements.species).toEqual([null, null]);
    expect(messages(elements)).toEqual(['Column element of a binary dump holds types: they have no names.']);
  });
});

test('a general triclinic box, as the last LAMMPS versions write it, has three vectors and an origin', async () => {
  const whole = fixture('triclinic.bin');
  const box = [4, 0, 0, 0, 5, 0, 0, 1, 6, 7, 8, 9];
  const kindAt = 10 + 8 + 8 + 8 + 8;
  const general = splice(whole, kindAt, 4, 2, 0, 0, 0);
  const bytes = [...new Uint8Array(Float64Array.from(box).buffer)];
  const { cell } = await read(splice(general, kindAt + 28, 72, ...bytes));
  expect([...cell.vectors, ...cell.origin]).toEqual(box);
});

test('the head tells the size, also under gzip', async () => {
  const custom = fixture('custom.bin');
  const { count } = await read(custom, 'first');
  expect(await peekSnapshot(bytesSource(await gzip(custom)))).toEqual({ count, fields: 7 });
  expect(await peekSnapshot(bytesSource(custom.slice(0, 60)))).toBeNull();
});

test('in chunks of any size', async () => {
  const custom = fixture('custom.bin');
  const whole = contentOf(await read(custom));
  for (const size of [1, 7, 100]) {
    const source = bytesSource(custom, 'test', size);
    expect(contentOf(await readSnapshot(source, { frame: 'last', memory: new MemoryLedger() }))).toEqual(whole);
  }
});

describe('old revisions name no columns', () => {
  const warning = (taken: string) =>
    `The file does not name its columns: they are taken as those of dump atom, its coordinates as ${taken}.`;

  test.each([
    ['atom.bin', 'fractions of the cell', true],
    ['atom.bin', 'fractions of the cell', false],
    ['image.bin', 'lengths in Å', true],
    ['image.bin', 'lengths in Å', false],
  ])('%s as dump atom, %s, magic string %s', async (name, taken, magic) => {
    const snapshot = await read(oldFrameOf(name, { magic }));
    const { frameCount, ...content } = contentOf(await read(fixture(name), 0));
    expect(contentOf(snapshot)).toEqual({ ...content, frameCount: 1 });
    expect(messages(snapshot)).toEqual([warning(taken)]);
  });

  test('columns that cannot be those of dump atom are refused', async () => {
    expect(await sentence(oldFrameOf('custom.bin', { magic: true }))).toMatch(
      /^a\.bin, byte \d+: the file, of an old LAMMPS, does not name its 7 columns, and they are not those of dump atom/,
    );
  });
});

describe('what is wrong is said with the byte', () => {
  test('a file cut anywhere but between frames', async () => {
    const atom = fixture('atom.bin');
    const ends = findAll(atom, 'DUMP').map((at) => at - 8);
    const memory = new MemoryLedger();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 44, max: atom.length - 1 }), async (cut) => {
        if (ends.includes(cut)) return;
        const failure = await failureOf(read(atom.slice(0, cut), 'last', memory));
        expect(failure).toMatchObject({ tag: 'bad-input', file: 'a.bin' });
        expect(failure.byte).toBeLessThanOrEqual(cut);
        expect(memory.bytes).toBe(0);
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(await sentence(atom.slice(0, 4000))).toMatch(
      /^a\.bin, byte \d+: expected \d+ bytes of atoms 1 to \d+ of \d+, found the end of the file after \d+\.$/,
    );
  });

  test('garbled numbers never end in anything but a refusal or a snapshot', async () => {
    const atom = fixture('atom.bin');
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.integer({ min: 0, max: 255 }), async (at, value) => {
        const outcome = await read(splice(atom, at, 1, value)).catch((thrown: unknown) => thrown as Error);
        if (outcome instanceof Error) expect(outcome.name, outcome.stack).toBe('Refusal');
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each([
    [12, [0x58], 'byte 8: expected one of DUMPATOM, DUMPCUSTOM, found'],
    [16, [0, 0, 0, 1], 'byte 16: expected numbers with their low bytes first, found another order.'],
    [20, [3], 'byte 20: expected a revision from 1 to 2 of the format, found 3.'],
    [32, [0, 0, 0, 0, 0, 0, 0, 1], 'byte 32: expected a number of atoms, found'],
    [35, [1], 'the header promises 16777279 atoms, more than a file of this size can hold.'],
    [40, [9], 'byte 40: expected a kind of box from 0 to 2, found 9.'],
    [44, [7], 'byte 44: expected a boundary from 0 to 3, found 7.'],
    [76, [0, 0, 0, 0, 0, 0, 0, 0], 'byte 68: expected a lower bound below the upper one, found 0 and 0.'],
    [116, [4], 'expected 4 names of columns, found id type xs ys zs.'],
  ])('byte %i of the header', async (at, put, expected) => {
    const spoiled = splice(fixture('atom.bin'), at, put.length, ...put);
    expect(await sentence(spoiled)).toContain(expected);
  });

  test('of an atom', async () => {
    const atom = fixture('atom.bin');
    const first = findAll(atom, 'id type')[0]! + 'id type xs ys zs'.length + 8;
    const put = (at: number, value: number) =>
      read(splice(atom, first + 8 * at, 8, ...new Uint8Array(Float64Array.of(value).buffer)), 0);
    const told = async (at: number, value: number) => describeFailure(await failureOf(put(at, value)));
    expect(await told(0, 1.5)).toBe(`a.bin, byte ${first}: expected a whole number in column id, found 1.5.`);
    expect(await told(1, 300)).toContain('expected a whole number from 1 to 256 in column type, found 300.');
    expect(await told(2, Number.NaN)).toContain(`byte ${first + 16}: expected a finite coordinate in column xs`);
    const { ids } = await read(atom, 0);
    const second = new DataView(atom.buffer).getFloat64(first + 40, true);
    expect(ids).toContain(second);
    expect(await told(0, second)).toBe(
      `a.bin: expected every atom id once, found id ${second} for atoms 1 and 2 of the frame.`,
    );
  });
});

test('keeps in the ledger what the snapshot holds, reports progress and stops where it is told to', async () => {
  const memory = new MemoryLedger();
  const custom = fixture('custom.bin');
  const { ids, fileOrder, types, position, columns } = await read(custom, 'last', memory);
  expect(memory.entries).toHaveLength((fileOrder ? 4 : 3) + columns.length);
  memory.release(ids, fileOrder ?? undefined, types, position, ...columns.map((column) => column.array));
  expect(memory.bytes).toBe(0);
  const control = new Control();
  const reading = readSnapshot(bytesSource(custom, 'test', 100), { frame: 'last', memory, control });
  control.cancel();
  expect((await failureOf(reading)).tag).toBe('cancelled');
});
