import type { Font, Glyph } from 'opentype.js';

/** A letter of private use that every subset has: a full square, which no other font shows there. */
export const PROOF_LETTER = '\uE000';

/** Tag of the table `head`. */
const HEAD = 0x68656164;

/**
 * A font of a few letters of another, some 100 bytes each. Letters that the other lacks are left out: they are shown
 * in whatever the reader's machine has.
 * @param letters In any order, as often as they come.
 */
export async function fontSubset(source: ArrayBuffer, letters: string): Promise<ArrayBuffer> {
  const opentype = await import('opentype.js');
  const font = opentype.parse(source);
  const known = [...new Set(letters)].sort().filter((letter) => hasLetter(font, letter));
  const glyphs = known.map((letter) => {
    const { advanceWidth, path } = font.charToGlyph(letter);
    return glyphOf(letter, advanceWidth ?? 0, path);
  });
  const { unitsPerEm, ascender, descender } = font;
  const square = new opentype.Path();
  square.moveTo(0, 0);
  square.lineTo(unitsPerEm, 0);
  square.lineTo(unitsPerEm, unitsPerEm);
  square.lineTo(0, unitsPerEm);
  square.close();
  const missing = new opentype.Glyph({ name: '.notdef', advanceWidth: unitsPerEm / 2, path: new opentype.Path() });
  const all = [missing, ...glyphs, glyphOf(PROOF_LETTER, unitsPerEm, square)];
  const naming = { familyName: 'Figure', styleName: 'Regular' };
  return withoutTimes(new opentype.Font({ ...naming, unitsPerEm, ascender, descender, glyphs: all }).toArrayBuffer());

  function glyphOf(letter: string, advanceWidth: number, path: Glyph['path']): Glyph {
    const unicode = letter.codePointAt(0)!;
    return new opentype.Glyph({ name: `u${unicode.toString(16)}`, unicode, advanceWidth, path });
  }
}

/**
 * A font that does not say when it was made: the same figure is to give the same file. Sums are kept right (OpenType
 * specification, table `head`): the table's by what is taken out, the whole file's by that and the change of the former.
 */
function withoutTimes(font: ArrayBuffer): ArrayBuffer {
  const view = new DataView(font);
  const records = Array.from({ length: view.getUint16(4) }, (_, k) => 12 + 16 * k);
  const record = records.find((at) => view.getUint32(at) === HEAD)!;
  const head = view.getUint32(record + 8);
  let taken = 0;
  for (let at = head + 20; at < head + 36; at += 4) {
    taken += view.getUint32(at);
    view.setUint32(at, 0);
  }
  view.setUint32(record + 4, view.getUint32(record + 4) - taken);
  view.setUint32(head + 8, view.getUint32(head + 8) + 2 * taken);
  return font;
}

/** Letters of a text that a font does not draw. */
export async function lettersBeyond(source: ArrayBuffer, text: string): Promise<string> {
  const { parse } = await import('opentype.js');
  const font = parse(source);
  return [...text].filter((letter) => letter.trim() !== '' && !hasLetter(font, letter)).join('');
}

/** Whether a font draws a letter. */
export function hasLetter(font: Font, letter: string): boolean {
  return font.charToGlyphIndex(letter) > 0;
}
