/** Of a PNG: signature, then the header's length, name, 13 bytes and sum. */
const AFTER_HEADER = 8 + 4 + 4 + 13 + 4;

/**
 * A PNG that says how large it is meant to be (PNG specification 11.3.4.3, chunk pHYs, which browsers do not write).
 * @param dpi Dots an inch, both ways; the chunk counts them a metre.
 */
export function withResolution(png: Uint8Array, dpi: number): Uint8Array<ArrayBuffer> {
  const chunk = new DataView(new ArrayBuffer(4 + 4 + 9 + 4));
  const dotsPerMetre = Math.round(dpi / 0.0254);
  chunk.setUint32(0, 9);
  for (const [k, letter] of [...'pHYs'].entries()) chunk.setUint8(4 + k, letter.charCodeAt(0));
  chunk.setUint32(8, dotsPerMetre);
  chunk.setUint32(12, dotsPerMetre);
  chunk.setUint8(16, 1);
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)));
  const whole = new Uint8Array(png.length + chunk.byteLength);
  whole.set(png.subarray(0, AFTER_HEADER));
  whole.set(new Uint8Array(chunk.buffer), AFTER_HEADER);
  whole.set(png.subarray(AFTER_HEADER), AFTER_HEADER + chunk.byteLength);
  return whole;
}

/** The sum of PNG and zip (ISO 3309), bit by bit: 13 bytes need no table. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
