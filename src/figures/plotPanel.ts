import type { FigureSpec } from '#plots/figureSpec.ts';
import { figureSvg } from '#plots/plotly.ts';
import { FONT_SIZE } from '#plots/template.ts';
import type { Box } from './sheet.ts';

/**
 * A plot as a fragment of a sheet: drawn as on the page, and made as much smaller as its words are to be.
 * @param size Of the words, CSS pixels.
 * @param name Of the panel; what is named inside is named after it, since names are those of the whole sheet.
 */
export async function plotSvg(
  figure: FigureSpec,
  { width, height }: Pick<Box, 'width' | 'height'>,
  size: number,
  name: string,
): Promise<string> {
  const scale = size / FONT_SIZE;
  const drawn = { width: Math.round(width / scale), height: Math.round(height / scale) };
  const { documentElement: root } = await figureSvg(figure, drawn);
  nameApart(root, name);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.setAttribute('viewBox', `0 0 ${drawn.width} ${drawn.height}`);
  // The paper is that of the sheet.
  root.removeAttribute('style');
  for (const paper of root.querySelectorAll('rect.bg, :scope > rect')) paper.setAttribute('style', 'fill: none');
  return new XMLSerializer().serializeToString(root);
}

/** `url(#name)`, with quotation marks or not, with the address of the page before it or not. */
const REFERENCE = /url\(\s*['"]?[^)#]*#([^)'"]+)['"]?\s*\)/g;

/** Plotly names its clip paths by chance: by the panel they are the same each time, and no two panels share one. */
function nameApart(root: Element, name: string): void {
  const names = new Map<string, string>();
  for (const element of root.querySelectorAll('[id]')) {
    names.set(element.id, `${name}-${names.size}`);
    element.id = names.get(element.id)!;
  }
  for (const element of root.querySelectorAll('*')) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll(REFERENCE, (whole, id: string) =>
        names.has(id) ? `url(#${names.get(id)})` : whole,
      );
      if (attribute.value.startsWith('#') && names.has(attribute.value.slice(1))) {
        attribute.value = `#${names.get(attribute.value.slice(1))}`;
      }
    }
  }
}
