import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'opentype.js';
import { describe, expect, test, vi } from 'vitest';
import { fontSubset, hasLetter, PROOF_LETTER } from './fontSubset.ts';
import { pixelsOf } from './pngFile.ts';
import { crc32, withResolution } from './pngResolution.ts';

/** A picture of one pixel, with its header and end. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const require = createRequire(import.meta.url);

test('the sum is that of the standard, and of the chunks of a real file', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(PNG.subarray(12, 29))).toBe(PNG.readUInt32BE(29));
});

test('a picture says its dots a metre right behind its header, and is else as it was', () => {
  const whole = Buffer.from(withResolution(PNG, 600));
  expect(whole.length).toBe(PNG.length + 21);
  expect(whole.toString('latin1', 37, 41)).toBe('pHYs');
  expect([whole.readUInt32BE(41), whole.readUInt32BE(45), whole[49]]).toEqual([23_622, 23_622, 1]);
  expect(whole.readUInt32BE(50)).toBe(crc32(whole.subarray(37, 50)));
  expect(Buffer.concat([whole.subarray(0, 33), whole.subarray(54)])).toEqual(PNG);
});

test('pixels are the millimetres at the resolution', () => {
  expect(pixelsOf(25.4, 600)).toBe(600);
  expect(pixelsOf(85, 300)).toBe(1004);
});

/** What names of quantities, their units and formulas need. */
const NEEDED = 'aZ09|()[]%<>=+±×·°²³−–ÅéöσλμμχεΓΣ≤≥⟨⟩₀₁₂₃₄₅₆₇₈₉⁰¹⁻√∑∞→←…“”';

describe.each(['400Regular/SourceSans3_400Regular', '700Bold/SourceSans3_700Bold'])('%s', (name) => {
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`));
  const source = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const font = parse(source);

  test('has what formulas need', () => {
    expect([...NEEDED].filter((letter) => !hasLetter(font, letter))).toEqual([]);
  });

  test('a subset has the letters asked for, as wide and high, and the square that proves it', async () => {
    const subset = await fontSubset(source, 'σÅσ ₂漢');
    const part = parse(subset);
    expect([...'σÅ ₂', PROOF_LETTER].filter((letter) => !hasLetter(part, letter))).toEqual([]);
    expect([...'a漢'].filter((letter) => hasLetter(part, letter))).toEqual([]);
    const sizeOf = (from: typeof font, letter: string) => {
      const glyph = from.charToGlyph(letter);
      const { x1, y1, x2, y2 } = glyph.getBoundingBox();
      return [glyph.advanceWidth ?? 0, x1, y1, x2, y2].map(Math.round);
    };
    expect([...'σÅ ₂'].map((letter) => sizeOf(part, letter))).toEqual(
      [...'σÅ ₂'].map((letter) => sizeOf(font, letter)),
    );
    expect(subset.byteLength).toBeLessThan(3000);
  });

  test('a subset is the same at any time, and its sum is right', async () => {
    vi.useFakeTimers({ now: 0 });
    const early = new DataView(await fontSubset(source, 'PC 1'));
    vi.setSystemTime(4e11);
    const late = await fontSubset(source, 'PC 1');
    vi.useRealTimers();
    expect(Buffer.from(late)).toEqual(Buffer.from(early.buffer));
    let sum = 0;
    for (let at = 0; at < early.byteLength; at += 4) sum = (sum + early.getUint32(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });

  test('nobody else draws the letter of the proof', () => {
    expect(hasLetter(font, PROOF_LETTER)).toBe(false);
  });
});
