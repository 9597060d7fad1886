import type { jsPDF } from 'jspdf';
import type { Box } from '../sheet.ts';
import type { PdfObject, PdfParts } from './work/pdfDocument.ts';
import type { PdfImage } from './work/pdfImage.ts';

/** What jsPDF (4.2) has for plugins beside what its types tell. */
interface Internals {
  readonly events: { subscribe(topic: string, act: () => void): void };
  readonly pageSize: { getHeight(): number };
  write(...words: (string | number)[]): void;
  newObjectDeferred(): number;
}

interface Placed {
  readonly image: PdfImage;
  /** Numbers of its objects, known when the document is written. */
  colours: number;
  opacity: number;
}

/**
 * The pictures of a document that jsPDF writes. It would decode and compress each again and write it through strings, all
 * at once; so it is told of them only, and their bytes are put in between when it is done.
 */
export class PdfPictures {
  readonly #pdf: jsPDF;
  readonly #internals: Internals;
  readonly #placed: Placed[] = [];

  constructor(pdf: jsPDF) {
    this.#pdf = pdf;
    this.#internals = pdf.internal as unknown as Internals;
    const { events, newObjectDeferred, write } = this.#internals;
    events.subscribe('putResources', () => {
      for (const placed of this.#placed) {
        placed.colours = newObjectDeferred();
        if (placed.image.opacity) placed.opacity = newObjectDeferred();
      }
    });
    events.subscribe('putXobjectDict', () => {
      for (const [k, { colours }] of this.#placed.entries()) write(`/${nameOf(k)} ${colours} 0 R`);
    });
  }

  /** Over what the page has so far. `box` in pt from the upper left corner. */
  place(image: PdfImage, { x, y, width, height }: Box): void {
    const bottom = this.#internals.pageSize.getHeight() - y - height;
    const matrix = [width, 0, 0, height, x, bottom].map((value) => value.toFixed(4)).join(' ');
    this.#internals.write(`q ${matrix} cm /${nameOf(this.#placed.length)} Do Q`);
    this.#placed.push({ image, colours: 0, opacity: 0 });
  }

  /** What jsPDF writes, and the pictures that it leaves out. */
  parts(): PdfParts {
    return { written: this.#pdf.output('blob'), objects: this.#objects() };
  }

  #objects(): PdfObject[] {
    return this.#placed.flatMap(({ image, colours, opacity }) => [
      { number: colours, head: headOf(image, image.colours, 'RGB', opacity), stream: image.colours },
      ...(image.opacity
        ? [{ number: opacity, head: headOf(image, image.opacity, 'Gray', 0), stream: image.opacity }]
        : []),
    ]);
  }
}

function nameOf(k: number): string {
  return `Picture${k}`;
}

/** The dictionary of an image (ISO 32000-1, 8.9.5). @param mask Number of the object with its opacity, or 0. */
function headOf({ width, height }: PdfImage, { size }: Blob, space: 'RGB' | 'Gray', mask: number): string {
  const colours = space === 'RGB' ? 3 : 1;
  return [
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height}`,
    `/ColorSpace /Device${space} /BitsPerComponent 8`,
    `/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors ${colours} /BitsPerComponent 8 /Columns ${width} >>`,
    ...(mask > 0 ? [`/SMask ${mask} 0 R`] : []),
    `/Length ${size} >>`,
  ].join('\n');
}
