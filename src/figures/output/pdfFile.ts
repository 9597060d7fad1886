import type { SheetSize } from '../recipe.ts';
import { FIGURE_FONT, trueTypeFont } from './font.ts';
import { withFigureFont } from './svgFile.ts';

/** A sheet as a page of its size: words as words in an embedded font, plots as vectors, pictures as pictures. */
export async function pdfFile(sheet: string, { widthMm, heightMm }: SheetSize): Promise<Blob> {
  const [{ jsPDF }, { svg2pdf }, font] = await Promise.all([import('jspdf'), import('svg2pdf.js'), trueTypeFont()]);
  const document_ = new jsPDF({
    unit: 'mm',
    format: [widthMm, heightMm],
    orientation: widthMm > heightMm ? 'landscape' : 'portrait',
    compress: true,
  });
  for (const [style, data] of [
    ['normal', font.regular],
    ['bold', font.bold],
  ] as const) {
    document_.addFileToVFS(`${style}.ttf`, data);
    document_.addFont(`${style}.ttf`, FIGURE_FONT, style);
  }
  const svg = document.importNode(withFigureFont(sheet).documentElement, true);
  svg.setAttribute('style', 'position: fixed; left: -10000px; top: 0');
  // Styles are known of what is in the page only.
  document.body.append(svg);
  try {
    await svg2pdf(svg, document_, { x: 0, y: 0, width: widthMm, height: heightMm });
  } finally {
    svg.remove();
  }
  return document_.output('blob');
}
