import { nextTurn } from '#data/background.ts';
import type { SheetSize } from '../recipe.ts';
import type { Box } from '../sheet.ts';
import { base64Of, pdfDocument, pdfImage, pdfImageOf, subsetOf } from './figureWorker.ts';
import { type FigureFont, loadFont } from './font.ts';
import { PdfPictures } from './pdfPictures.ts';
import { makePdfReady } from './pdfReady.ts';
import { slicesOf } from './pdfSlices.ts';
import type { DrawnSheet } from './picture.ts';
import { lettersOf, withFigureFont } from './svgFile.ts';

const PT_PER_MM = 72 / 25.4;
const PT_PER_PX = 72 / 96;
/** The font in a PDF: one word, since svg2pdf measures words in a family that it does not put in quotation marks. */
const PDF_FAMILY = 'SourceSans';

/** A sheet as a page of its size: words as words in an embedded font, plots as vectors, pictures as pictures. */
export async function pdfFile({ svg: sheet, pictures }: DrawnSheet, size: SheetSize): Promise<Blob> {
  const { widthMm, heightMm, transparent } = size;
  const [{ jsPDF }, { svg2pdf }, font, images] = await Promise.all([
    import('jspdf'),
    import('svg2pdf.js'),
    loadFont(),
    Promise.all(pictures.map(({ picture }) => pdfImage(picture))),
  ]);
  const [width, height] = [widthMm * PT_PER_MM, heightMm * PT_PER_MM];
  const pdf = new jsPDF({
    unit: 'pt',
    format: [width, height],
    orientation: widthMm > heightMm ? 'landscape' : 'portrait',
  });
  for (const [style, data] of [
    ['normal', font.regular],
    ['bold', font.bold],
  ] as const) {
    pdf.addFileToVFS(`${style}.ttf`, await (await base64Of(data)).text());
    await nextTurn();
    pdf.addFont(`${style}.ttf`, PDF_FAMILY, style);
  }
  if (!transparent) pdf.setFillColor('#ffffff').rect(0, 0, width, height, 'F');
  const placed = new PdfPictures(pdf);
  for (const [k, image] of images.entries()) placed.place(image, inPoints(pictures[k]!.box));
  await nextTurn();
  const drawing = withFigureFont(sheet, PDF_FAMILY);
  const faces = await facesFor(font, lettersOf(drawing));
  const svg = document.importNode(drawing.documentElement, true) as unknown as SVGElement;
  svg.setAttribute('style', 'position: fixed; left: -10000px; top: 0');
  for (const face of faces) document.fonts.add(face);
  // Styles are known of what is in the page only.
  document.body.append(svg);
  try {
    makePdfReady(svg);
    await nextTurn();
    for (const { slice, picture } of slicesOf(svg)) {
      svg.replaceWith(slice);
      if (picture) placed.place(await pdfImageOf(picture.href.baseVal), inPoints(boxOf(picture, slice)));
      else await svg2pdf(slice, pdf, { x: 0, y: 0, width, height });
      slice.replaceWith(svg);
      await nextTurn();
    }
  } finally {
    svg.remove();
    for (const face of faces) document.fonts.delete(face);
  }
  await nextTurn();
  return pdfDocument(placed.parts());
}

/** Where a picture lies in its drawing, CSS pixels. */
function boxOf(picture: SVGImageElement, drawing: SVGElement): Box {
  const [inner, outer] = [picture, drawing].map((element) => element.getBoundingClientRect()) as [DOMRect, DOMRect];
  return { x: inner.x - outer.x, y: inner.y - outer.y, width: inner.width, height: inner.height };
}

function inPoints({ x, y, width, height }: Box): Box {
  return { x: x * PT_PER_PX, y: y * PT_PER_PX, width: width * PT_PER_PX, height: height * PT_PER_PX };
}

/** What words are measured in, to find where those begin that end somewhere: without kerning, as the PDF has none. */
function facesFor({ regular, bold }: FigureFont, letters: string): Promise<FontFace[]> {
  const face = async (font: Blob, weight: string) =>
    new FontFace(PDF_FAMILY, await subsetOf(font, letters), { weight }).load();
  return Promise.all([face(regular, '400'), face(bold, '700')]);
}
