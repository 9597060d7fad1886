import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'opentype.js';
import { describe, expect, test, vi } from 'vitest';
import { fontSubset, hasLetter, lettersBeyond, PROOF_LETTER } from './fontSubset.ts';
import { pixelsOf } from './pngFile.ts';

const require = createRequire(import.meta.url);

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

  test('letters that it does not have are told', async () => {
    expect(await lettersBeyond(source, 'σ 漢Å∝字')).toBe('漢∝字');
  });

  test('nobody else draws the letter of the proof', () => {
    expect(hasLetter(font, PROOF_LETTER)).toBe(false);
  });
});
