import { toBase64 } from '#data/base64.ts';
import type { SheetSize } from '../recipe.ts';
import { imageSvg, paperSvg } from '../sheet.ts';
import { base64Of, pictureFile, subsetOf } from './figureWorker.ts';
import { FIGURE_FAMILY, loadFont } from './font.ts';
import type { DrawnSheet, PlacedPicture } from './picture.ts';

const STYLE_END = '</style>';
/** Stands in the text where a picture goes. */
const HERE = 'picture:';

/** A sheet as a file that looks the same everywhere: all words in one font, which is inside, as the pictures are. */
export async function svgFile({ svg, pictures }: DrawnSheet, size: SheetSize): Promise<Blob> {
  const [words, ...drawn] = await Promise.all([wordedSvg(svg), ...pictures.map(pictureParts)]);
  const begins = words.indexOf(STYLE_END) + STYLE_END.length;
  const parts = [words.slice(0, begins), paperSvg(size), ...drawn.flat(), words.slice(begins)];
  return new Blob(parts, { type: 'image/svg+xml' });
}

async function pictureParts({ picture, box }: PlacedPicture): Promise<BlobPart[]> {
  const [before = '', after = ''] = imageSvg(HERE, box).split(HERE);
  return [`${before}data:image/png;base64,`, await base64Of(await pictureFile(picture)), after];
}

/** Words and vectors of a sheet with their font; its styles come first. */
export async function wordedSvg(sheet: string): Promise<string> {
  const svg = withFigureFont(sheet);
  const style = svg.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = await fontStyles(lettersOf(svg));
  svg.documentElement.prepend(style);
  return new XMLSerializer().serializeToString(svg);
}

/**
 * All words of a sheet in the one font that goes with it: plots name the page's own. It is upright, in two weights, so
 * that no file has slanted or weighed letters that another cannot have.
 */
export function withFigureFont(sheet: string, family = FIGURE_FAMILY): XMLDocument {
  const svg = new DOMParser().parseFromString(sheet, 'image/svg+xml');
  svg.documentElement.setAttribute('font-family', family);
  for (const element of svg.querySelectorAll<SVGElement>('[style*="font-"]')) {
    const { style } = element;
    if (style.fontFamily) style.fontFamily = family;
    if (style.fontStyle) style.fontStyle = 'normal';
    if (style.fontWeight) style.fontWeight = weightOf(style.fontWeight);
  }
  for (const element of svg.querySelectorAll('[font-family]')) element.setAttribute('font-family', family);
  for (const element of svg.querySelectorAll('[font-style]')) element.setAttribute('font-style', 'normal');
  for (const element of svg.querySelectorAll('[font-weight]')) {
    element.setAttribute('font-weight', weightOf(element.getAttribute('font-weight')!));
  }
  return svg;
}

function weightOf(weight: string): 'bold' | 'normal' {
  return weight.startsWith('bold') || Number(weight) >= 600 ? 'bold' : 'normal';
}

/** Of all words of a sheet. */
export function lettersOf(svg: XMLDocument): string {
  return [...svg.querySelectorAll('text')].map(({ textContent }) => textContent).join('');
}

/** A style sheet that holds both weights of the letters: 10 to 20 kB. */
async function fontStyles(letters: string): Promise<string> {
  const { regular, bold } = await loadFont();
  return (await Promise.all([face(regular, 400, letters), face(bold, 700, letters)])).join('\n');
}

async function face(font: Blob, weight: number, letters: string): Promise<string> {
  const data = toBase64(new Uint8Array(await subsetOf(font, letters)));
  const source = `url(data:font/otf;base64,${data}) format("opentype")`;
  return `@font-face { font-family: ${FIGURE_FAMILY}; font-weight: ${weight}; src: ${source}; }`;
}
