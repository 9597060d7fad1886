import type { Picture } from '../picture.ts';
import { ALPHA, type Channels, deflated, filteredRows, RGB, stripsOf } from './filteredRows.ts';

/** What a PDF keeps of a picture: rows of a PNG, compressed (ISO 32000-1, 7.4.4, predictor 15). */
export interface PdfImage {
  readonly width: number;
  readonly height: number;
  readonly colours: Blob;
  /** None where the picture is opaque. */
  readonly opacity: Blob | null;
}

export async function pdfImage({ width, height, opaque, pixels }: Picture): Promise<PdfImage> {
  const data = new Uint8ClampedArray(await pixels.arrayBuffer());
  const packed = async (channels: Channels) =>
    new Blob([await deflated(filteredRows(stripsOf(data, width), width, channels))]);
  return { width, height, colours: await packed(RGB), opacity: opaque ? null : await packed(ALPHA) };
}
