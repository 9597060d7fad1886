import type { Picture } from '../picture.ts';
import { rowsAStrip } from './filteredRows.ts';
import { encodePng } from './png.ts';

/** The pixels of a whole sheet: white paper unless it may be seen through, pictures, and what is drawn over them. */
export class SheetCanvas {
  readonly #opaque: boolean;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor(width: number, height: number, opaque: boolean) {
    this.#opaque = opaque;
    this.#canvas = new OffscreenCanvas(width, height);
    this.#context = this.#canvas.getContext('2d', { willReadFrequently: true })!;
    if (!opaque) return;
    this.#context.fillStyle = '#ffffff';
    this.#context.fillRect(0, 0, width, height);
  }

  /** Pixel for pixel, in place of what was there. */
  async place({ width, height, pixels }: Picture, x: number, y: number): Promise<void> {
    const data = new Uint8ClampedArray(await pixels.arrayBuffer());
    this.#context.putImageData(new ImageData(data, width, height), x, y);
  }

  /** Over what is there. */
  drawOver(strip: ImageBitmap, y: number): void {
    this.#context.drawImage(strip, 0, y);
    strip.close();
  }

  png(dpi: number): Promise<Blob> {
    const { width, height } = this.#canvas;
    return encodePng({ width, height, opaque: this.#opaque, strips: this.#strips() }, dpi);
  }

  *#strips(): Generator<Uint8ClampedArray> {
    const { width, height } = this.#canvas;
    const rows = rowsAStrip(width);
    for (let y = 0; y < height; y += rows) {
      yield this.#context.getImageData(0, y, width, Math.min(rows, height - y)).data;
    }
  }
}
