import { badParameter } from '#data/errors.ts';
import type { SheetSize } from '../recipe.ts';
import { withResolution } from './pngResolution.ts';
import { svgFile } from './svgFile.ts';

/** Beyond this, pixels a side or in all, browsers give an empty canvas. */
const MOST_A_SIDE = 16_384;
const MOST_IN_ALL = 2 ** 28;

/** A sheet as pixels, exactly as many as its millimetres have at its resolution. */
export async function pngFile(sheet: string, { widthMm, heightMm, dpi }: SheetSize): Promise<Blob> {
  const [width, height] = [pixelsOf(widthMm, dpi), pixelsOf(heightMm, dpi)];
  if (Math.max(width, height) > MOST_A_SIDE || width * height > MOST_IN_ALL) {
    const size = `${width} × ${height} pixels`;
    throw badParameter(
      `A picture of ${size} is more than a browser can hold: take fewer dots an inch, or save it as PDF`,
    );
  }
  const image = await decoded(await svgFile(sheet), width, height);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')!.drawImage(image, 0, 0, width, height);
  const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return new Blob([withResolution(png, dpi)], { type: 'image/png' });
}

export function pixelsOf(mm: number, dpi: number): number {
  return Math.round((mm / 25.4) * dpi);
}

async function decoded(svg: string, width: number, height: number): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}
