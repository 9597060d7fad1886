import type { SheetSize } from '../recipe.ts';
import { pdfFile } from './pdfFile.ts';
import { pngFile } from './pngFile.ts';
import { svgFile } from './svgFile.ts';

export const FIGURE_ENDINGS = ['pdf', 'svg', 'png'] as const;
export type FigureEnding = (typeof FIGURE_ENDINGS)[number];

/** A sheet, as `sheetSvg` gives it, as the file that the ending names. */
export async function figureFile(sheet: string, size: SheetSize, ending: FigureEnding): Promise<Blob> {
  if (ending === 'pdf') return pdfFile(sheet, size);
  if (ending === 'png') return pngFile(sheet, size);
  return new Blob([await svgFile(sheet)], { type: 'image/svg+xml' });
}
