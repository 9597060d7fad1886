import { type RefObject, useEffect } from 'react';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import type { FigureEnding } from '#figures/output/figureFile.ts';
import { base64Of } from '#figures/output/figureWorker.ts';
import { readRecipe } from '#figures/recipe.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { progressWords } from '../words/jobWords.ts';
import { bringRecipe } from './bringRecipe.ts';
import { drawRecipe } from './drawRecipe.ts';
import type { StageHandle } from './FigureStage.tsx';
import { dataBlob, figureBlob } from './figureFiles.ts';

/** What a program that drives the page may ask of it: `grainscope figure` does. */
interface FigureApi {
  /**
   * A recipe as a file, in base64, from the snapshot that the page opened (`?snapshot=`).
   * @throws Error with one sentence
   */
  figure(recipe: string, ending: FigureEnding | 'csv'): Promise<string>;
  /** What it is busy with, in a few words. */
  progress(): string;
}

declare global {
  var grainscope: FigureApi | undefined;
}

export function useFigureApi(stage: RefObject<StageHandle | null>): void {
  const workbench = useWorkbench();
  useEffect(() => {
    const figure = async (text: string, ending: FigureEnding | 'csv'): Promise<Blob> => {
      const recipe = readRecipe(text, Object.keys(COLOUR_MAPS));
      await started();
      await bringRecipe(recipe, workbench);
      const drawn = await drawRecipe(recipe, workbench.columns, stage.current!);
      return ending === 'csv' ? (await dataBlob(drawn)).blob : figureBlob(drawn, recipe, ending);
    };
    globalThis.grainscope = {
      figure: async (...asked) => {
        try {
          return await (await base64Of(await figure(...asked))).text();
        } catch (thrown) {
          throw new Error(describeFailure(toFailure(thrown)), { cause: thrown });
        }
      },
      progress: () => {
        const { job } = useStore.getState();
        return job ? progressWords(job) : 'drawing';
      },
    };
    return () => {
      globalThis.grainscope = undefined;
    };
  }, [workbench, stage]);
}

/** The page has opened its first snapshot, or said why it could not. */
function started(): Promise<void> {
  return new Promise((resolve) => {
    if (useStore.getState().started) return resolve();
    const stop = useStore.subscribe(({ started: begun }) => {
      if (!begun) return;
      stop();
      resolve();
    });
  });
}
