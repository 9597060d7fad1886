import { useRef, useState } from 'react';
import { FIGURE_ENDINGS, type FigureEnding } from '#figures/output/figureFile.ts';
import { type Recipe, recipeText } from '#figures/recipe.ts';
import { Button } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { download } from '../hooks/download.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { type DrawnFigure, drawRecipe } from './drawRecipe.ts';
import styles from './FigureDialog.module.css';
import type { StageHandle } from './FigureStage.tsx';
import { dataBlob, figureBlob } from './figureFiles.ts';

interface SaveActionsProps {
  readonly recipe: Recipe | null;
  /** Whether all that it shows is computed. */
  readonly ready: boolean;
  /** What is shown of it. */
  readonly shown: DrawnFigure | null;
  /** Of the files' names. */
  readonly stem: string;
  readonly stage: { readonly current: StageHandle | null };
  /** Runs what may be refused, which is then said. */
  readonly attempt: (act: () => Promise<void>) => void;
  readonly onSaving: (ending: FigureEnding | null) => void;
  readonly onRecipe: (file: File) => Promise<void>;
}

/** The figure as files, the numbers behind it, and its recipe. */
export function SaveActions(props: SaveActionsProps) {
  const { recipe, ready, shown, stem, stage, attempt, onSaving, onRecipe } = props;
  const { columns } = useWorkbench();
  const [saving, setSaving] = useState(false);
  /** In another format it is drawn already. */
  const saved = useRef<DrawnFigure | null>(null);
  const saveAs = async (ending: FigureEnding) => {
    setSaving(true);
    onSaving(ending);
    try {
      const known = [saved.current, shown].filter((one) => one !== null);
      const drawn = await drawRecipe(recipe!, columns, stage.current!, known);
      saved.current = drawn;
      download(await figureBlob(drawn, recipe!, ending), `${stem}.${ending}`);
    } finally {
      setSaving(false);
      onSaving(null);
    }
  };
  const saveData = async () => {
    const { blob, ending } = await dataBlob(shown!);
    download(blob, `${stem}-data.${ending}`);
  };
  return (
    <div className={styles.actions}>
      {FIGURE_ENDINGS.map((ending) => (
        <Button
          key={ending}
          disabled={!ready}
          aria-disabled={saving}
          onClick={() => saving || attempt(() => saveAs(ending))}
        >
          Save {ending.toUpperCase()}
        </Button>
      ))}
      <Button disabled={!shown || shown.data.length === 0} onClick={() => attempt(saveData)}>
        Data
      </Button>
      <Button disabled={!recipe} onClick={() => download(new Blob([recipeText(recipe!)]), `${stem}.json`)}>
        Recipe
      </Button>
      <FileButton accept=".json,application/json" onFile={(file) => attempt(() => onRecipe(file))}>
        Open a recipe
      </FileButton>
    </div>
  );
}
