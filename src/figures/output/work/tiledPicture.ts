import type { PictureSize } from '#render/pictureSink.ts';
import type { Picture } from '../picture.ts';

/** A picture that comes in pieces, some of which may hang over its edges. */
export class TiledPicture {
  readonly #size: PictureSize;
  readonly #pixels: Uint8ClampedArray<ArrayBuffer>;

  constructor(size: PictureSize) {
    this.#size = size;
    this.#pixels = new Uint8ClampedArray(4 * size.width * size.height);
  }

  /** @param x Left edge of the tile, in its own pixels. */
  add({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>, x: number, y: number): void {
    const { finer } = this.#size;
    if (x % finer || y % finer) throw new Error(`a tile begins at ${x}, ${y}, expected whole pixels of the picture`);
    const [left, top] = [x / finer, y / finer];
    const [right, bottom] = [left + Math.floor(width / finer), top + Math.floor(height / finer)];
    const from = Math.max(0, left);
    const to = Math.min(this.#size.width, right);
    for (let row = Math.max(0, top); row < Math.min(this.#size.height, bottom) && from < to; row++) {
      const start = 4 * (finer * (row - top) * width + finer * (from - left));
      const target = this.#pixels.subarray(4 * (row * this.#size.width + from), 4 * (row * this.#size.width + to));
      if (finer === 1) target.set(data.subarray(start, start + target.length));
      else setMeans(target, data, start, 4 * width);
    }
  }

  finish(): Picture {
    const { width, height, opaque } = this.#size;
    const pixels = this.#pixels;
    if (opaque) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
    return { width, height, opaque, pixels: new Blob([pixels]) };
  }
}

/** Each pixel the mean of a square of four; what cannot be seen of them gives no colour. */
function setMeans(target: Uint8ClampedArray, data: ArrayLike<number>, start: number, row: number): void {
  for (let to = 0, at = start; to < target.length; to += 4, at += 8) {
    const below = at + row;
    const a = data[at + 3]!;
    const b = data[at + 7]!;
    const c = data[below + 3]!;
    const d = data[below + 7]!;
    const sum = a + b + c + d;
    target[to + 3] = sum / 4;
    if (sum === 0) continue;
    for (let k = 0; k < 3; k++) {
      const colours = a * data[at + k]! + b * data[at + 4 + k]! + c * data[below + k]! + d * data[below + 4 + k]!;
      target[to + k] = colours / sum;
    }
  }
}
