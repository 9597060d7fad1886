import { FIGURE_FONT, fontStyles } from './font.ts';

/** A sheet as a file that looks the same everywhere: all words in one font, which is inside. */
export async function svgFile(sheet: string): Promise<string> {
  const svg = withFigureFont(sheet);
  const style = svg.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = await fontStyles();
  svg.documentElement.prepend(style);
  return new XMLSerializer().serializeToString(svg);
}

/** Plots name the page's own fonts: in a figure there is only one. */
export function withFigureFont(sheet: string): XMLDocument {
  const svg = new DOMParser().parseFromString(sheet, 'image/svg+xml');
  for (const element of svg.querySelectorAll<SVGElement>('[style*="font-family"]')) {
    element.style.fontFamily = `"${FIGURE_FONT}"`;
  }
  for (const element of svg.querySelectorAll('[font-family]')) element.setAttribute('font-family', FIGURE_FONT);
  return svg;
}
