import { FIGURE_FAMILY } from './output/font.ts';
import type { SheetSize } from './recipe.ts';
import { attributes, text } from './svg.ts';

/** CSS pixels in a millimetre and in a point: a sheet is laid out in them. */
export const PX_PER_MM = 96 / 25.4;
export const PX_PER_PT = 96 / 72;
/** Between panels, and about them, mm. */
const GAP_MM = 2;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where each panel lies, CSS pixels: equal cells, filled row by row. */
export function panelBoxes({ widthMm, heightMm }: SheetSize, panels: number, columns: number): Box[] {
  const across = Math.min(columns, panels);
  const rows = Math.ceil(panels / across);
  const gap = GAP_MM * PX_PER_MM;
  const width = (widthMm * PX_PER_MM - gap * (across - 1)) / across;
  const height = (heightMm * PX_PER_MM - gap * (rows - 1)) / rows;
  return Array.from({ length: panels }, (_, k) => ({
    x: (k % across) * (width + gap),
    y: Math.floor(k / across) * (height + gap),
    width,
    height,
  }));
}

/** A box at a resolution, its edges on whole dots: boxes side by side stay so. `dots` for each CSS pixel. */
export function onDots({ x, y, width, height }: Box, dots: number): Box {
  const [left, top] = [Math.round(x * dots), Math.round(y * dots)];
  const [right, bottom] = [Math.round((x + width) * dots), Math.round((y + height) * dots)];
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/**
 * Words and vectors of the whole figure as one SVG document, its size in mm. Paper and pictures lie below them.
 * @param panels Fragments that are drawn at the origin, with the size of their boxes.
 */
export function sheetSvg(sheet: SheetSize, boxes: readonly Box[], panels: readonly string[]): string {
  const { widthMm, heightMm, fontPt } = sheet;
  const [width, height] = [widthMm * PX_PER_MM, heightMm * PX_PER_MM];
  const size = fontPt * PX_PER_PT;
  const content = panels.map((panel, k) => {
    const { x, y } = boxes[k]!;
    const letter =
      panels.length > 1
        ? text(`(${panelLetter(k)})`, {
            x: 0,
            y: 1.1 * size,
            'font-size': 1.15 * size,
            'font-weight': 'bold',
          })
        : '';
    return `<g transform="translate(${x} ${y})">${panel}${letter}</g>`;
  });
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    width: `${widthMm}mm`,
    height: `${heightMm}mm`,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': FIGURE_FAMILY,
  });
  return `<svg${root}>${content.join('')}</svg>`;
}

/** White, or nothing where the sheet may be seen through. */
export function paperSvg({ widthMm, heightMm, transparent }: SheetSize): string {
  const size = { width: widthMm * PX_PER_MM, height: heightMm * PX_PER_MM };
  return transparent ? '' : `<rect${attributes({ ...size, fill: '#ffffff' })}/>`;
}

/** A picture that fills its box. */
export function imageSvg(address: string, box: Box): string {
  return `<image${attributes({ ...box, preserveAspectRatio: 'none', 'xlink:href': address })}/>`;
}

/** "a", "b", ... as it stands beside a panel. */
export function panelLetter(index: number): string {
  return String.fromCharCode(97 + index);
}
