import { badParameter } from '#data/errors.ts';
import type { SheetSize } from '../recipe.ts';
import { attributes } from '../svg.ts';
import { FIGURE_FAMILY } from './font.ts';
import { PROOF_LETTER } from './fontSubset.ts';
import { withResolution } from './pngResolution.ts';
import { svgFile } from './svgFile.ts';

/** Beyond this, pixels a side or in all, browsers give an empty canvas. */
const MOST_A_SIDE = 16_384;
const MOST_IN_ALL = 2 ** 28;
/** Side of the squares that prove the font, CSS pixels, and how long they are waited for. */
const PROOF = 16;
const PATIENCE_MS = 20_000;

/** A sheet as pixels, exactly as many as its millimetres have at its resolution. */
export async function pngFile(sheet: string, { widthMm, heightMm, dpi }: SheetSize): Promise<Blob> {
  const [width, height] = [pixelsOf(widthMm, dpi), pixelsOf(heightMm, dpi)];
  if (Math.max(width, height) > MOST_A_SIDE || width * height > MOST_IN_ALL) {
    const size = `${width} × ${height} pixels`;
    throw badParameter(
      `A picture of ${size} is more than a browser can hold: take fewer dots an inch, or save it as PDF`,
    );
  }
  const image = await decoded(withProof(await svgFile(sheet), width, height), width, height + PROOF);
  await untilFontIsThere(image, height);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')!.drawImage(image, 0, 0);
  const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return new Blob([withResolution(png, dpi)], { type: 'image/png' });
}

export function pixelsOf(mm: number, dpi: number): number {
  return Math.round((mm / 25.4) * dpi);
}

/** The drawing at its pixels, and below it a square in each weight of the font. */
function withProof(svg: string, width: number, height: number): string {
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  drawing.setAttribute('width', String(width));
  drawing.setAttribute('height', String(height));
  // Its proportions are those of whole pixels.
  drawing.setAttribute('preserveAspectRatio', 'none');
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height: height + PROOF,
    'font-family': FIGURE_FAMILY,
    'font-size': PROOF,
  });
  const squares = ['normal', 'bold'].map((weight, k) => {
    const place = { x: k * PROOF, y: height + PROOF, 'font-weight': weight };
    return `<text${attributes(place)}>${PROOF_LETTER}</text>`;
  });
  return `<svg${root}>${new XMLSerializer().serializeToString(drawing)}${squares.join('')}</svg>`;
}

/**
 * A picture is decoded before the fonts inside it are, and until then Chromium draws it without its words: so look
 * for the squares that only this font has.
 */
async function untilFontIsThere(image: HTMLImageElement, height: number): Promise<void> {
  const context = new OffscreenCanvas(2 * PROOF, PROOF).getContext('2d', { willReadFrequently: true })!;
  const isThere = (k: number) => context.getImageData((k + 0.5) * PROOF, PROOF / 2, 1, 1).data[3] === 255;
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    context.clearRect(0, 0, 2 * PROOF, PROOF);
    context.drawImage(image, 0, -height);
    if (isThere(0) && isThere(1)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the font of figures could not be drawn: save the figure as PDF, or try again');
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
