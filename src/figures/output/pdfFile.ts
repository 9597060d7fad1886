import type { SheetSize } from '../recipe.ts';
import { FIGURE_FONT, introduceFont, trueTypeFont } from './font.ts';
import { withFigureFont } from './svgFile.ts';

/**
 * Lines of one text as texts of their own: svg2pdf.js 2.8.1 puts the middle of the first where that of all of them
 * would be, were they one line.
 */
function splitLines(svg: Element): void {
  for (const text of svg.querySelectorAll('text')) {
    const lines = [...text.querySelectorAll(':scope > tspan.line')];
    if (lines.length < 2) continue;
    for (const line of lines) {
      const alone = text.cloneNode(false) as SVGTextElement;
      const size = Number.parseFloat(text.style.fontSize);
      const down = Number.parseFloat(line.getAttribute('dy') ?? '0') * size;
      alone.setAttribute('x', line.getAttribute('x') ?? '0');
      alone.setAttribute('y', String(Number(line.getAttribute('y') ?? 0) + down));
      alone.append(...line.childNodes);
      text.before(alone);
    }
    text.remove();
  }
}

/** Words begin where they begin: svg2pdf.js 2.8.1 takes their width for another where a drawing is scaled. */
function anchorAtStart(svg: Element): void {
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  for (const text of svg.querySelectorAll('text')) {
    const { textAnchor } = getComputedStyle(text);
    if (textAnchor === 'start') continue;
    const width = widthOf(text, context);
    const before = Number.parseFloat(text.getAttribute('x') ?? '0');
    text.setAttribute('x', String(before - (textAnchor === 'middle' ? width / 2 : width)));
    text.style.textAnchor = 'start';
    // Lines of one say the same of themselves.
    for (const line of text.querySelectorAll<SVGTSpanElement>('tspan[x]'))
      line.setAttribute('x', text.getAttribute('x')!);
  }
}

/** Of all words of an element, each in its own size. */
function widthOf(element: Element, context: OffscreenCanvasRenderingContext2D): number {
  let width = 0;
  for (const node of element.childNodes) {
    if (node instanceof Element) width += widthOf(node, context);
    else {
      const { fontSize, fontWeight } = getComputedStyle(element);
      context.font = `${fontWeight} ${fontSize} "${FIGURE_FONT}"`;
      width += context.measureText(node.textContent ?? '').width;
    }
  }
  return width;
}

/** A sheet as a page of its size: words as words in an embedded font, plots as vectors, pictures as pictures. */
export async function pdfFile(sheet: string, { widthMm, heightMm }: SheetSize): Promise<Blob> {
  const libraries = Promise.all([import('jspdf'), import('svg2pdf.js')]);
  const [[{ jsPDF }, { svg2pdf }], font] = await Promise.all([libraries, trueTypeFont(), introduceFont()]);
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
    splitLines(svg);
    anchorAtStart(svg);
    await svg2pdf(svg, document_, { x: 0, y: 0, width: widthMm, height: heightMm });
  } finally {
    svg.remove();
  }
  return document_.output('blob');
}
