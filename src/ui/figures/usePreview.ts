import { useEffect, useState } from 'react';
import { describeFailure, toFailure } from '#data/errors.ts';
import { pictureFile } from '#figures/output/figureWorker.ts';
import { wordedSvg } from '#figures/output/svgFile.ts';
import { type Recipe, recipeText, type SheetSize } from '#figures/recipe.ts';
import type { Box } from '#figures/sheet.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { type DrawnFigure, drawRecipe } from './drawRecipe.ts';
import type { StageHandle } from './FigureStage.tsx';

/** Dots an inch of what is only looked at. */
const PREVIEW_DPI = 150;
/** After the last change, before it is drawn. */
const PREVIEW_AFTER_MS = 250;

/** A figure to look at. Its parts have addresses of their own: a browser shows no picture that an SVG only points at. */
export interface Preview {
  readonly drawn: DrawnFigure;
  readonly sheet: SheetSize;
  /** Of words and vectors. */
  readonly address: string;
  readonly pictures: readonly { readonly address: string; readonly box: Box }[];
}

/** The figure as it will be, with fewer dots; the last one stays until the next is drawn. */
export function usePreview(
  recipe: Recipe | null,
  stage: { readonly current: StageHandle | null },
  onProblem: (sentence: string) => void,
): Preview | null {
  const { columns: registry } = useWorkbench();
  const [preview, setPreview] = useState<Preview | null>(null);
  const key = recipe && recipeText(recipe);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says whether it is another recipe.
  useEffect(() => {
    if (!recipe || !key) return;
    let stale = false;
    const timer = setTimeout(() => {
      const coarse = { ...recipe, sheet: { ...recipe.sheet, dpi: Math.min(PREVIEW_DPI, recipe.sheet.dpi) } };
      const draw = async () => {
        const drawn = await drawRecipe(coarse, registry, stage.current!);
        const [words, ...pictures] = await Promise.all([
          wordedSvg(drawn.svg),
          ...drawn.pictures.map(({ picture }) => pictureFile(picture)),
        ]);
        if (stale) return;
        onProblem('');
        setPreview({
          drawn,
          sheet: coarse.sheet,
          address: URL.createObjectURL(new Blob([words], { type: 'image/svg+xml' })),
          pictures: pictures.map((blob, k) => ({ address: URL.createObjectURL(blob), box: drawn.pictures[k]!.box })),
        });
      };
      draw().catch((thrown: unknown) => {
        if (!stale) onProblem(describeFailure(toFailure(thrown)));
      });
    }, PREVIEW_AFTER_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key, registry]);
  useEffect(() => {
    if (!preview) return;
    return () => {
      for (const { address } of [preview, ...preview.pictures]) URL.revokeObjectURL(address);
    };
  }, [preview]);
  return recipe ? preview : null;
}
