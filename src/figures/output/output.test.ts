import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'opentype.js';
import { expect, test } from 'vitest';
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

test.each(['400Regular/SourceSans3_400Regular', '700Bold/SourceSans3_700Bold'])('%s has what formulas need', (name) => {
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`));
  const font = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const missing = [...'aZ09|()[]%<>=+±×·°²³−–Åéöσλμχε…'].filter((letter) => font.charToGlyphIndex(letter) === 0);
  expect(missing).toEqual([]);
});
