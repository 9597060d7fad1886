import { toBase64 } from '../base64.ts';
import { FIGURE_FAMILY, loadFont } from './font.ts';
import { fontSubset } from './fontSubset.ts';

/** A sheet as a file that looks the same everywhere: all words in one font, which is inside. */
export async function svgFile(sheet: string): Promise<string> {
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

async function face(font: ArrayBuffer, weight: number, letters: string): Promise<string> {
  const data = toBase64(new Uint8Array(await fontSubset(font, letters)));
  const source = `url(data:font/otf;base64,${data}) format("opentype")`;
  return `@font-face { font-family: ${FIGURE_FAMILY}; font-weight: ${weight}; src: ${source}; }`;
}
