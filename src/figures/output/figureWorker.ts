import { type LivingWorker, livingWorker } from '#compute/livingWorker.ts';
import { loadFont } from './font.ts';
import type { Picture } from './picture.ts';
import type { FigureWork } from './work/figureWork.ts';
import type { PdfParts } from './work/pdfDocument.ts';
import type { PdfImage } from './work/pdfImage.ts';

/** One worker makes all figures; it is started with the first. */
let living: LivingWorker<FigureWork> | undefined;
export function figureWorker(): LivingWorker<FigureWork> {
  if (!living) {
    const start = (name: string) =>
      new Worker(new URL('../../../workers/figure.worker.ts', import.meta.url), { type: 'module', name });
    const started = livingWorker<FigureWork>(start, {
      words: (reason) => `The worker that makes figures died (${reason}). Try again`,
      onDeath: () => {
        // The next figure starts another.
        if (living === started) living = undefined;
      },
    });
    living = started;
  }
  return living;
}

/** As PNG. */
export function pictureFile(picture: Picture): Promise<Blob> {
  const { api, settle } = figureWorker();
  return settle(api.pictureFile(picture));
}

export function pdfImage(picture: Picture): Promise<PdfImage> {
  const { api, settle } = figureWorker();
  return settle(api.pdfImage(picture));
}

/** Of a picture that lies in a `data:` address. */
export function pdfImageOf(address: string): Promise<PdfImage> {
  const { api, settle } = figureWorker();
  return settle(api.pdfImageOf(address));
}

/** The whole document of its parts. */
export function pdfDocument(parts: PdfParts): Promise<Blob> {
  const { api, settle } = figureWorker();
  return settle(api.pdfDocument(parts));
}

/** As text. */
export function base64Of(bytes: Blob): Promise<Blob> {
  const { api, settle } = figureWorker();
  return settle(api.base64(bytes));
}

/** Letters of a text that the figures' font does not have. */
export async function lackingLetters(text: string): Promise<string> {
  const unusual = [...new Set(text)].filter((letter) => letter > '~').join('');
  if (unusual === '') return '';
  const { api, settle } = figureWorker();
  return settle(api.lacking((await loadFont()).regular, unusual));
}

/** A font of the letters of a text only. */
export function subsetOf(font: Blob, letters: string): Promise<ArrayBuffer> {
  const { api, settle } = figureWorker();
  return settle(api.subset(font, letters));
}
