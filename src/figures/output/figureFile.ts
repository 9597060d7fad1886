import type { SheetSize } from '../recipe.ts';
import { pdfFile } from './pdfFile.ts';
import type { DrawnSheet } from './picture.ts';
import { pngFile } from './pngFile.ts';
import { svgFile } from './svgFile.ts';

export const FIGURE_ENDINGS = ['pdf', 'svg', 'png'] as const;
export type FigureEnding = (typeof FIGURE_ENDINGS)[number];

const MAKERS: Readonly<Record<FigureEnding, (sheet: DrawnSheet, size: SheetSize) => Promise<Blob>>> = {
  pdf: pdfFile,
  svg: svgFile,
  png: pngFile,
};

/** A sheet as the file that the ending names. */
export function figureFile(sheet: DrawnSheet, size: SheetSize, ending: FigureEnding): Promise<Blob> {
  return MAKERS[ending](sheet, size);
}
