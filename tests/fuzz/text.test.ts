import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { invertCell } from '#data/cell.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { readEamPotential } from '#formats/eamPotential/read.ts';
import { readIdList } from '#formats/idList/read.ts';
import { SNAPSHOT_FORMATS } from '#formats/index.ts';
import { readNpy } from '#formats/npy/read.ts';
import { writeNpy } from '#formats/npy/write.ts';
import { readSnapshot } from '#formats/readSnapshot.ts';
import { FIXTURES, fixtureText } from '../snapshotFixtures.ts';
import { ALL_PATIENCE_MS, CASES, OPTIONS, outcomeOf } from './outcome.ts';

type Edit = (text: string) => Uint8Array<ArrayBuffer>;

const encode = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
const at = (part: number, length: number) => Math.min(length - 1, Math.floor(part * length));
const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Put a word in the place of one of a line. */
function replaceWord(line: string, where: number, word: string): string {
  const words = line.split(/(\s+)/);
  const solid = words.flatMap((text, k) => (/\S/.test(text) ? [k] : []));
  if (solid.length > 0) words[solid[at(where, solid.length)]!] = word;
  return words.join('');
}

const WORDS = [
  'nan',
  'NaN',
  '-inf',
  '1e400',
  '1e-400',
  '0x1F',
  '-1',
  '0',
  '-0',
  '1e9',
  '99999999999999999999',
  '1,5',
  '1.5.2',
  '',
  'Fe',
  '"',
  '#',
  '=',
  '½',
  '1_000',
];
const LINES = [
  '',
  ' ',
  '0',
  '-3',
  'ITEM: ATOMS id',
  'Atoms',
  'Direct',
  '1 1 0 0 0',
  '54',
  'Lattice="1 0 0 0 1 0 0 0 1"',
];

const overLines = (edit: (lines: string[], k: number) => void) =>
  part.map(
    (where): Edit =>
      (text) => {
        const lines = text.split('\n');
        edit(lines, at(where, lines.length));
        return encode(lines.join('\n'));
      },
  );

/** Everything that happens to files between one machine and another. */
const EDITS: fc.Arbitrary<Edit> = fc.oneof(
  part.map(
    (where): Edit =>
      (text) =>
        encode(text).slice(0, at(where, text.length)),
  ),
  part.map(
    (where): Edit =>
      (text) =>
        encode(text).slice(at(where, text.length)),
  ),
  fc.tuple(part, part).map(
    ([a, b]): Edit =>
      (text) => {
        const lines = text.split('\n');
        const [one, other] = [at(a, lines.length), at(b, lines.length)];
        [lines[one], lines[other]] = [lines[other]!, lines[one]!];
        return encode(lines.join('\n'));
      },
  ),
  overLines((lines, k) => lines.splice(k, 1)),
  overLines((lines, k) => lines.splice(k, 0, lines[k]!)),
  fc.tuple(part, fc.constantFrom(...LINES)).map(
    ([where, line]): Edit =>
      (text) => {
        const lines = text.split('\n');
        lines.splice(at(where, lines.length), 0, line);
        return encode(lines.join('\n'));
      },
  ),
  fc.tuple(part, part, fc.constantFrom(...WORDS)).map(
    ([row, column, word]): Edit =>
      (text) => {
        const lines = text.split('\n');
        const k = at(row, lines.length);
        lines[k] = replaceWord(lines[k]!, column, word);
        return encode(lines.join('\n'));
      },
  ),
  fc.tuple(part, fc.integer({ min: 0, max: 255 })).map(
    ([where, byte]): Edit =>
      (text) => {
        const bytes = encode(text);
        bytes[at(where, bytes.length)] = byte;
        return bytes;
      },
  ),
  fc.constantFrom<Edit>(
    (text) => encode(text.replaceAll('\n', '\r\n')),
    (text) => encode(text.replaceAll('\n', '\r')),
    (text) => encode(`\uFEFF${text}`),
    utf16,
    (text) => utf16(`\uFEFF${text}`),
    (text) => encode(text.replaceAll(' ', '\t')),
    (text) => encode(text.replaceAll('.', ',')),
    (text) => encode(text + text),
    (text) => encode(text.toUpperCase()),
  ),
  fc.uint8Array({ maxLength: 300 }).map(
    (bytes): Edit =>
      () =>
        bytes.slice() as Uint8Array<ArrayBuffer>,
  ),
);

/** One or two of them. */
const MUTATION = fc.tuple(EDITS, fc.option(EDITS, { freq: 3 })).map(
  ([first, second]): Edit =>
    (text) => {
      const once = first(text);
      return second ? second(new TextDecoder().decode(once)) : once;
    },
);

const SAME = 1e-9;
const close = (a: number, b: number) => Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));

/** Readers take every control character for a blank. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
const wordsOf = (line: string) => line.split(/[\s\u0000-\u0020]+/).filter(Boolean);

/** `Number` would take hexadecimal ones too. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Runs of three decimal numbers on a line. */
function triples(line: string): number[][] {
  const words = wordsOf(line.replace(/#.*/, '')).map((word) => (DECIMAL.test(word) ? Number(word) : Number.NaN));
  return words.slice(0, -2).flatMap((_, k) => {
    const three = words.slice(k, k + 3);
    return three.every(Number.isFinite) ? [three] : [];
  });
}

/**
 * What of a snapshot the text does not say, or null: every atom has to stand on a line of its own, which holds its
 * coordinates (Å, or as parts of the cell) and, where the file names ids, its id. Reads by `Number` and nothing of ours.
 */
function unexplained(snapshot: Snapshot, text: string, named: boolean): string | null {
  const { ids, position, cell, count } = snapshot;
  const inverse = invertCell(cell);
  const key = (three: readonly number[]) => three.map((value) => value.toPrecision(7)).join(' ');
  const places = new Map<string, { three: number[]; words: string[] }[]>();
  for (const line of text.split(/\r?\n/)) {
    for (const three of triples(line)) {
      const entry = { three, words: wordsOf(line) };
      places.set(key(three), [...(places.get(key(three)) ?? []), entry]);
    }
  }
  for (let row = 0; row < count; row++) {
    const cartesian = [...position.subarray(3 * row, 3 * row + 3)];
    const shifted = cartesian.map((value, k) => value - cell.origin[k]!);
    const scaled = [0, 1, 2].map((k) => shifted.reduce((sum, value, j) => sum + value * inverse[3 * j + k]!, 0));
    const said = [cartesian, scaled].some((wanted) =>
      [...(places.get(key(wanted)) ?? []), ...near(wanted)].some(
        ({ three, words }) =>
          three.every((value, k) => close(value, wanted[k]!)) &&
          (!named || words.some((word) => Number(word) === ids[row])),
      ),
    );
    if (!said) {
      const like = text.split('\n').filter((line) => line.includes(`${cartesian[0]}`));
      return `atom ${ids[row]} at ${cartesian.join(' ')}, of ${JSON.stringify(like)}`;
    }
  }
  return null;

  /** Where rounding parts the keys. */
  function near(wanted: readonly number[]) {
    return [...places.values()].flat().filter(({ three }) => close(three[0]!, wanted[0]!));
  }
}

describe.each(SNAPSHOT_FORMATS.map(({ name }) => name))('%s', (name) => {
  const { single, frames } = FIXTURES[name]!;

  test(
    'is read as it is, or refused in a sentence, whatever happened to the file',
    async () => {
      const original = fixtureText(single);
      const named = ((await outcomeOf(encode(original))) as Snapshot).warnings.every(
        ({ message }) => !message.includes('no id column'),
      );
      let read = 0;
      await fc.assert(
        fc.asyncProperty(MUTATION, fc.boolean(), async (mutate, several) => {
          const bytes = mutate(several && frames ? fixtureText(frames) : original);
          const outcome = await outcomeOf(bytes);
          if (typeof outcome === 'string') return;
          read++;
          const noIds = outcome.warnings.some(({ message }) => message.includes('no id column'));
          expect(unexplained(outcome, new TextDecoder().decode(bytes), named && !noIds)).toBeNull();
          expect(outcome.position.every(Number.isFinite)).toBe(true);
          expect(new Set(outcome.ids).size).toBe(outcome.count);
        }),
        OPTIONS,
      );
      // A test that refuses everything would show nothing.
      expect(read).toBeGreaterThan(CASES / 50);
    },
    ALL_PATIENCE_MS,
  );
});

test('a line that never ends is refused before it is held', async () => {
  let handed = 0;
  const chunk = new Uint8Array(1 << 20).fill(0x20);
  const source = {
    name: 'endless',
    byteLength: 2 ** 40,
    stream: () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          handed += chunk.length;
          controller.enqueue(handed === chunk.length ? encode('ITEM: TIMESTEP\n').slice() : chunk.slice());
        },
      }),
  };
  await expect(readSnapshot(source, { frame: 'last', memory: new MemoryLedger() })).rejects.toThrow(/longer|long/);
  expect(handed).toBeLessThan(2 ** 28);
});

describe('other readers refuse in a sentence or read what is there', () => {
  const refusedOr = (read: () => void) => {
    try {
      read();
    } catch (thrown) {
      expect((thrown as Error).name, (thrown as Error).stack).toBe('Refusal');
    }
  };

  test('NumPy arrays', () => {
    const pieces = [...writeNpy('float64', [4, 2], [Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8])])];
    const whole = Buffer.concat(pieces).toString('latin1');
    fc.assert(
      fc.property(part, fc.integer({ min: 0, max: 255 }), fc.boolean(), (where, byte, cut) => {
        const bytes = new Uint8Array(Buffer.from(whole, 'latin1'));
        const k = at(where, bytes.length);
        bytes[k] = byte;
        const given = cut ? bytes.slice(0, k) : bytes;
        refusedOr(() => {
          const { array, shape } = readNpy(given, 'a.npy');
          expect(array.length).toBe(shape.reduce((product, extent) => product * extent, 1));
          expect(array.byteLength).toBeLessThan(given.length);
        });
      }),
      OPTIONS,
    );
  });

  test('lists of ids', () => {
    const original = '# picked\n12\n7\n\n900 # by hand\n';
    fc.assert(
      fc.property(MUTATION, (mutate) => {
        const text = new TextDecoder().decode(mutate(original));
        refusedOr(() => {
          const words = text
            .replace(/#.*/g, '')
            .split(/[\s,;]+/)
            .filter(Boolean)
            .map(Number);
          for (const id of readIdList(text, 'ids.txt')) expect(words).toContain(id);
        });
      }),
      OPTIONS,
    );
  });

  test('potentials', () => {
    const numbers = (count: number) => Array.from({ length: count }, (_, k) => (k / 7).toFixed(4)).join(' ');
    const original = `one\ntwo\nthree\n1 Fe\n5 0.1 5 0.5 2.0\n26 55.845 2.8665 bcc\n${numbers(5)}\n${numbers(5)}\n${numbers(5)}\n`;
    fc.assert(
      fc.property(MUTATION, (mutate) => {
        refusedOr(() => void readEamPotential(new TextDecoder().decode(mutate(original)), 'a.eam.alloy'));
      }),
      OPTIONS,
    );
  });
});
