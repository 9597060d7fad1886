import { parseCssColour } from '#colours/rgb.ts';
import type { AtomPlane } from './figureSpec.ts';

export type Range = readonly [low: number, high: number];

/** Rows between two yields: a few ms. */
const CHUNK = 1 << 16;
/** Opacity of a bin with one atom and of the fullest; between them it grows with the logarithm of the count. */
const FAINTEST = 0.35;
const DENSEST = 0.9;

export interface Bins {
  readonly width: number;
  readonly height: number;
  /** [height, width], the first row at the top: atoms in each bin. */
  readonly counts: Uint32Array;
}

/** Count all atoms of a figure in bins over a part of its plane. Yields now and then. */
export function* binAtoms(
  { count, x, y }: AtomPlane,
  [left, right]: Range,
  [bottom, top]: Range,
  width: number,
  height: number,
): Generator<void, Bins> {
  const counts = new Uint32Array(width * height);
  const perX = width / (right - left);
  const perY = height / (top - bottom);
  for (let from = 0; from < count; from += CHUNK) {
    for (let row = from; row < Math.min(count, from + CHUNK); row++) {
      const column = Math.floor((x(row) - left) * perX);
      const line = Math.floor((top - y!(row)) * perY);
      // Not a number is in no bin.
      if (column >= 0 && column < width && line >= 0 && line < height) counts[line * width + column]!++;
    }
    yield;
  }
  return { width, height, counts };
}

/** Bins as pixels, RGBA: one colour, the more opaque the more atoms. */
export function paintBins({ counts }: Bins, colour: string): Uint8ClampedArray<ArrayBuffer> {
  const [red, green, blue] = parseCssColour(colour) as readonly [number, number, number];
  let most = 1;
  for (const atoms of counts) most = Math.max(most, atoms);
  const slope = most > 1 ? (DENSEST - FAINTEST) / Math.log(most) : 0;
  const pixels = new Uint8ClampedArray(4 * counts.length);
  for (let bin = 0; bin < counts.length; bin++) {
    const atoms = counts[bin]!;
    if (atoms === 0) continue;
    pixels.set([red, green, blue, 255 * (FAINTEST + slope * Math.log(atoms))], 4 * bin);
  }
  return pixels;
}
