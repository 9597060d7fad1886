/** Bytes of pixels as files keep them. */
export interface Channels {
  /** First byte of the four of a pixel, and how many from there. */
  readonly first: number;
  readonly count: number;
}
export const RGB: Channels = { first: 0, count: 3 };
export const RGBA: Channels = { first: 0, count: 4 };
export const ALPHA: Channels = { first: 3, count: 1 };

/** The filter that tells a pixel from its neighbours left, above and in the corner (PNG specification 9.4). */
const PAETH = 4;

/**
 * Rows of pixels as a PNG and a PDF (`/Predictor 15`) have them before they are compressed: a byte names the filter, and
 * the rest are differences from what the neighbours foretell.
 * @param strips RGBA, whole rows of `width` pixels each, from the top.
 */
export function* filteredRows(
  strips: Iterable<Uint8ClampedArray>,
  width: number,
  { first, count }: Channels,
): Generator<Uint8Array<ArrayBuffer>> {
  const row = 4 * width;
  let above: Uint8ClampedArray = new Uint8ClampedArray(row);
  for (const strip of strips) {
    const rows = strip.length / row;
    const filtered = new Uint8Array(rows * (1 + count * width));
    let to = 0;
    for (let y = 0; y < rows; y++) {
      const pixels = strip.subarray(y * row, (y + 1) * row);
      filtered[to++] = PAETH;
      for (let at = first; at < row; at += 4) {
        for (let k = at; k < at + count; k++) {
          const left = at >= 4 ? pixels[k - 4]! : 0;
          const up = above[k]!;
          const corner = at >= 4 ? above[k - 4]! : 0;
          filtered[to++] = pixels[k]! - foretold(left, up, corner);
        }
      }
      above = pixels;
    }
    yield filtered;
  }
}

/** Of the three neighbours the one that is nearest to the plane through them. */
function foretold(left: number, up: number, corner: number): number {
  const fromLeft = Math.abs(up - corner);
  const fromUp = Math.abs(left - corner);
  const fromCorner = Math.abs(left + up - 2 * corner);
  if (fromLeft <= fromUp && fromLeft <= fromCorner) return left;
  return fromUp <= fromCorner ? up : corner;
}

/** Compressed as zlib does (RFC 1950), which is what PNG and PDF take. */
export function deflated(chunks: Iterator<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Response(source.pipeThrough(new CompressionStream('deflate')))
    .arrayBuffer()
    .then((buffer) => new Uint8Array(buffer));
}

/** So many rows that a strip of them is about a megabyte. */
export function rowsAStrip(width: number): number {
  return Math.max(1, Math.round(2 ** 18 / width));
}

/** All pixels of a picture, strip by strip. */
export function* stripsOf(pixels: Uint8ClampedArray, width: number): Generator<Uint8ClampedArray> {
  const strip = 4 * width * rowsAStrip(width);
  for (let at = 0; at < pixels.length; at += strip) yield pixels.subarray(at, at + strip);
}
