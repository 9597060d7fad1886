import { zipFiles } from '#compute/zip.ts';
import { badParameter } from '#data/errors.ts';
import { type FigureEnding, figureFile } from '#figures/output/figureFile.ts';
import type { Recipe } from '#figures/recipe.ts';
import type { DrawnFigure } from './drawRecipe.ts';

/** A figure as the file that its ending names. */
export function figureBlob(drawn: DrawnFigure, { sheet }: Recipe, ending: FigureEnding): Promise<Blob> {
  return figureFile(drawn, sheet, ending);
}

/** The numbers behind the plots: one table, or a zip of several. */
export async function dataBlob({
  data,
}: DrawnFigure): Promise<{ readonly blob: Blob; readonly ending: 'csv' | 'zip' }> {
  const [first, ...others] = data;
  if (!first) throw badParameter('This figure has no plot, and so no table of numbers');
  if (others.length === 0) return { blob: new Blob([first.csv()], { type: 'text/csv' }), ending: 'csv' };
  const files = data.map(({ name, csv }, k) => ({
    path: `${String.fromCharCode(97 + k)}-${name}`,
    chunks: [csv()],
  }));
  return { blob: await zipFiles(files), ending: 'zip' };
}
