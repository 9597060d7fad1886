import { handOver, letGo } from '#compute/livingWorker.ts';
import { badParameter } from '#data/errors.ts';
import type { SheetSize } from '../recipe.ts';
import { onDots, PX_PER_MM } from '../sheet.ts';
import { attributes } from '../svg.ts';
import { figureWorker } from './figureWorker.ts';
import { FIGURE_FAMILY } from './font.ts';
import { PROOF_LETTER } from './fontSubset.ts';
import type { DrawnSheet } from './picture.ts';
import { wordedSvg } from './svgFile.ts';

/** Beyond this, pixels a side or in all, browsers give an empty canvas. */
const MOST_A_SIDE = 16_384;
const MOST_IN_ALL = 2 ** 28;
/** Pixels of words and vectors that are drawn in one go: more would hold the page up. */
const STRIP = 2 ** 19;
/** Side of the squares that prove the font, CSS pixels, and how long they are waited for. */
const PROOF = 16;
const PATIENCE_MS = 20_000;

/** A sheet as pixels, exactly as many as its millimetres have at its resolution; its pictures are in it dot for dot. */
export async function pngFile({ svg, pictures }: DrawnSheet, size: SheetSize): Promise<Blob> {
  const { widthMm, heightMm, dpi, transparent } = size;
  const [width, height] = [pixelsOf(widthMm, dpi), pixelsOf(heightMm, dpi)];
  if (Math.max(width, height) > MOST_A_SIDE || width * height > MOST_IN_ALL) {
    const pixels = `${width} × ${height} pixels`;
    throw badParameter(
      `A picture of ${pixels} is more than a browser can hold: take fewer dots an inch, or save it as PDF`,
    );
  }
  const image = await decoded(withProof(await wordedSvg(svg), width, height), width, height + PROOF);
  await untilFontIsThere(image, height);
  const { api, settle } = figureWorker();
  const canvas = await settle(new api.SheetCanvas(width, height, !transparent));
  try {
    for (const { picture, box } of pictures) {
      const { x, y } = onDots(box, dpi / 25.4 / PX_PER_MM);
      await settle(canvas.place(picture, x, y));
    }
    for (const { strip, y } of stripsOf(image, width, height)) {
      await settle(canvas.drawOver(handOver(strip, [strip]), y));
    }
    return await settle(canvas.png(dpi));
  } finally {
    letGo(canvas);
  }
}

export function pixelsOf(mm: number, dpi: number): number {
  return Math.round((mm / 25.4) * dpi);
}

/** What an image shows, from the top, since only the page's own thread draws SVG. */
function* stripsOf(
  image: HTMLImageElement,
  width: number,
  height: number,
): Generator<{ readonly strip: ImageBitmap; readonly y: number }> {
  const rows = Math.max(1, Math.round(STRIP / width));
  for (let y = 0; y < height; y += rows) {
    const canvas = new OffscreenCanvas(width, Math.min(rows, height - y));
    canvas.getContext('2d')!.drawImage(image, 0, -y);
    yield { strip: canvas.transferToImageBitmap(), y };
  }
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
