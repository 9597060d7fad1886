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

  /** @param x Left edge of the tile in the picture. */
  add({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>, x: number, y: number): void {
    const from = Math.max(0, x);
    const to = Math.min(this.#size.width, x + width);
    if (from >= to) return;
    for (let row = Math.max(0, y); row < Math.min(this.#size.height, y + height); row++) {
      const start = 4 * ((row - y) * width + from - x);
      this.#pixels.set(data.subarray(start, start + 4 * (to - from)), 4 * (row * this.#size.width + from));
    }
  }

  finish(): Picture {
    const { width, height, opaque } = this.#size;
    const pixels = this.#pixels;
    if (opaque) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
    return { width, height, opaque, pixels: new Blob([pixels]) };
  }
}
