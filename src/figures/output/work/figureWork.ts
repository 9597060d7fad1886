import { toBase64 } from '#data/base64.ts';
import { fontSubset, lettersBeyond } from '../fontSubset.ts';
import type { Picture } from '../picture.ts';
import { stripsOf } from './filteredRows.ts';
import { pdfDocument } from './pdfDocument.ts';
import { type PdfImage, pdfImage } from './pdfImage.ts';
import { encodePng } from './png.ts';
import { SheetCanvas } from './sheetCanvas.ts';
import { TiledPicture } from './tiledPicture.ts';

/** Of bytes that are put into words at once: by threes, so that the pieces make one text. */
const PIECE = 3 * 2 ** 18;

/** What is done for a figure beside the page's own thread: all that goes through every pixel or letter. */
export const figureWork = {
  TiledPicture,
  SheetCanvas,
  pdfImage,
  pdfDocument,

  async pictureFile({ width, height, opaque, pixels }: Picture): Promise<Blob> {
    const data = new Uint8ClampedArray(await pixels.arrayBuffer());
    return encodePng({ width, height, opaque, strips: stripsOf(data, width) });
  },

  /** A PNG in a `data:` address, as a PDF keeps it. */
  async pdfImageOf(address: string): Promise<PdfImage> {
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), { premultiplyAlpha: 'none' });
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return pdfImage({ width, height, opaque: false, pixels: new Blob([data]) });
  },

  async subset(font: Blob, letters: string): Promise<ArrayBuffer> {
    return fontSubset(await font.arrayBuffer(), letters);
  },

  /** Letters that a font does not draw, in the order of the text. */
  async lacking(font: Blob, letters: string): Promise<string> {
    return lettersBeyond(await font.arrayBuffer(), letters);
  },

  /** As text. */
  async base64(bytes: Blob): Promise<Blob> {
    const parts: string[] = [];
    for (let at = 0; at < bytes.size; at += PIECE) {
      parts.push(toBase64(new Uint8Array(await bytes.slice(at, at + PIECE).arrayBuffer())));
    }
    return new Blob(parts);
  },
};
export type FigureWork = typeof figureWork;
