import { deflated, filteredRows, RGB, RGBA } from './filteredRows.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Colour types of the PNG specification. */
const COLOURS = 2;
const COLOURS_AND_ALPHA = 6;

/** Pixels that come strip by strip, from the top. */
export interface PngSource {
  readonly width: number;
  readonly height: number;
  readonly opaque: boolean;
  /** RGBA, whole rows. */
  readonly strips: Iterable<Uint8ClampedArray>;
}

/**
 * A PNG, whatever its size: a canvas would encode what it can hold only, and colours that can be seen through not exactly.
 * @param dpi Dots an inch, both ways, where the file is to say how large it is meant to be.
 */
export async function encodePng({ width, height, opaque, strips }: PngSource, dpi?: number): Promise<Blob> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, opaque ? COLOURS : COLOURS_AND_ALPHA);
  const rows = await deflated(filteredRows(strips, width, opaque ? RGB : RGBA));
  const chunks = [
    chunk('IHDR', new Uint8Array(header.buffer)),
    ...(dpi === undefined ? [] : [chunk('pHYs', resolution(dpi))]),
    chunk('IDAT', rows),
    chunk('IEND', new Uint8Array()),
  ];
  return new Blob([SIGNATURE, ...chunks], { type: 'image/png' });
}

/** What pHYs holds (PNG specification 11.3.4.3): dots a metre. */
function resolution(dpi: number): Uint8Array {
  const dotsPerMetre = Math.round(dpi / 0.0254);
  const content = new DataView(new ArrayBuffer(9));
  content.setUint32(0, dotsPerMetre);
  content.setUint32(4, dotsPerMetre);
  content.setUint8(8, 1);
  return new Uint8Array(content.buffer);
}

function chunk(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(4 + 4 + content.length + 4);
  const view = new DataView(whole.buffer);
  view.setUint32(0, content.length);
  for (const [k, letter] of [...name].entries()) whole[4 + k] = letter.charCodeAt(0);
  whole.set(content, 8);
  view.setUint32(8 + content.length, crc32(whole.subarray(4, 8 + content.length)));
  return whole;
}

/** Sums of single bytes. */
const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  return sum;
});

/** The sum of PNG and zip (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ SUMS[(sum ^ byte) & 255]!;
  return (sum ^ 0xffffffff) >>> 0;
}
