import { X } from 'lucide-react';
import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import { methodsParagraph } from '#figures/methods.ts';
import { FIGURE_ENDINGS, type FigureEnding } from '#figures/output/figureFile.ts';
import { FIGURE_PRESETS, type FigurePreset, PLAIN_SHEET } from '#figures/presets.ts';
import { type Recipe, readRecipe, recipeText, type SheetSize } from '#figures/recipe.ts';
import { type Store, useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { download, stemOf } from '../hooks/download.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { bringRecipe, isReady, recipeOf, withViewOf } from './bringRecipe.ts';
import { type DrawnFigure, drawRecipe } from './drawRecipe.ts';
import styles from './FigureDialog.module.css';
import type { StageHandle } from './FigureStage.tsx';
import { dataBlob, figureBlob } from './figureFiles.ts';
import { SheetFields } from './SheetFields.tsx';

export interface FigureDialogHandle {
  show(): void;
}

/** Dots an inch of what is only looked at. */
const PREVIEW_DPI = 150;
/** After the last change, before it is drawn. */
const PREVIEW_AFTER_MS = 250;

interface FigureDialogProps {
  readonly ref: Ref<FigureDialogHandle>;
  readonly stage: { readonly current: StageHandle | null };
}

/** The figures of the paper from whatever is loaded, at the size at which they are printed, and as files. */
export function FigureDialog({ ref, stage }: FigureDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  useImperativeHandle(
    ref,
    () => ({
      show: () => {
        setOpen(true);
        dialog.current?.showModal();
      },
    }),
    [],
  );
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="figure-title" onClose={() => setOpen(false)}>
      <div className={styles.head}>
        <h2 id="figure-title">Figures</h2>
        <IconButton label="Close" onClick={() => dialog.current?.close()}>
          <X aria-hidden />
        </IconButton>
      </div>
      {open && <Figures stage={stage} />}
    </dialog>
  );
}

function Figures({ stage }: Pick<FigureDialogProps, 'stage'>) {
  const workbench = useWorkbench();
  const handles = useHandles();
  const [preset, setPreset] = useState<FigurePreset | null>(FIGURE_PRESETS[0]!);
  const [loaded, setLoaded] = useState<Recipe | null>(null);
  const [sheet, setSheet] = useState<SheetSize>({ ...FIGURE_PRESETS[0]!.sheet, ...PLAIN_SHEET });
  const [asShown, setAsShown] = useState(false);
  const [problem, setProblem] = useState('');
  const store = useStore();
  const recipe = useMemo((): Recipe | null => {
    const plain = preset ? recipeOf(preset, store) : loaded;
    if (!plain) return null;
    const sized = { ...plain, sheet };
    return asShown ? withViewOf(sized, store, handles.atoms?.camera() ?? null) : sized;
  }, [preset, loaded, sheet, asShown, store, handles]);
  const ready = recipe !== null && isReady(recipe, store);
  const busy = store.job !== null;
  const preview = usePreview(ready ? recipe : null, stage, setProblem);

  const choose = (next: FigurePreset) => {
    setPreset(next);
    setSheet({ ...sheet, ...next.sheet });
    setProblem('');
  };
  const attempt = (act: () => Promise<void>) => {
    setProblem('');
    act().catch((thrown: unknown) => setProblem(describeFailure(toFailure(thrown))));
  };
  const openRecipe = async (file: File) => {
    const read = readRecipe(await file.text(), Object.keys(COLOUR_MAPS));
    setPreset(null);
    setLoaded(read);
    setSheet(read.sheet);
    setAsShown(false);
  };
  const stem = `${stemOf(store.stages.snapshot.summary?.name ?? '')}-${preset?.id ?? 'figure'}`;
  const saveAs = async (ending: FigureEnding) => {
    const drawn = await drawRecipe(recipe!, workbench.columns, stage.current!);
    download(await figureBlob(drawn, recipe!, ending), `${stem}.${ending}`);
  };
  const hasAtoms = recipe?.panels.some(({ kind }) => kind === 'atoms') ?? false;

  return (
    <div className={styles.body}>
      <div className={styles.choices}>
        <fieldset className={styles.presets}>
          <legend>From the paper</legend>
          {FIGURE_PRESETS.map((one) => (
            <label key={one.id}>
              <input type="radio" name="figure" checked={preset === one} onChange={() => choose(one)} />
              <strong>{one.name}</strong> <span>{one.about}</span>
            </label>
          ))}
          {loaded && (
            <label>
              <input type="radio" name="figure" checked={preset === null} onChange={() => setPreset(null)} />
              <strong>Recipe</strong> <span>{loaded.title}</span>
            </label>
          )}
        </fieldset>
        <SheetFields sheet={sheet} onChange={setSheet} />
        {hasAtoms && (
          <label className={styles.switch}>
            <input type="checkbox" checked={asShown} onChange={({ target }) => setAsShown(target.checked)} />
            Atoms as they are seen now
          </label>
        )}
      </div>
      <div className={styles.result}>
        <div className={styles.paper}>
          {preview && <img src={preview.address} alt={recipe?.title ?? ''} style={{ width: `${sheet.widthMm}mm` }} />}
          {!ready && recipe && (
            <div className={styles.missing}>
              <p>What this figure shows is not computed yet{changeWords(recipe, store)}.</p>
              <Button look="filled" disabled={busy} onClick={() => attempt(() => bringRecipe(recipe, workbench))}>
                {busy ? 'Computing…' : 'Compute it'}
              </Button>
            </div>
          )}
          {ready && !preview && !problem && <p className={styles.missing}>Drawing…</p>}
        </div>
        <p role="status" className={problem ? styles.problem : styles.notes}>
          {problem || preview?.drawn.notes.join(' ')}
        </p>
        <div className={styles.actions}>
          {FIGURE_ENDINGS.map((ending) => (
            <Button key={ending} disabled={!ready} onClick={() => attempt(() => saveAs(ending))}>
              Save {ending.toUpperCase()}
            </Button>
          ))}
          <Button
            disabled={!preview || preview.drawn.data.length === 0}
            onClick={() =>
              attempt(async () => {
                const { blob, ending } = await dataBlob(preview!.drawn);
                download(blob, `${stem}-data.${ending}`);
              })
            }
          >
            Data
          </Button>
          <Button disabled={!recipe} onClick={() => download(new Blob([recipeText(recipe!)]), `${stem}.json`)}>
            Recipe
          </Button>
          <FileButton accept=".json,application/json" onFile={(file) => attempt(() => openRecipe(file))}>
            Open a recipe
          </FileButton>
        </div>
        <Methods />
      </div>
    </div>
  );
}

/** The figure as it will be, with fewer dots; the last one stays until the next is drawn. */
function usePreview(
  recipe: Recipe | null,
  stage: FigureDialogProps['stage'],
  onProblem: (sentence: string) => void,
): { readonly drawn: DrawnFigure; readonly address: string } | null {
  const { columns: registry } = useWorkbench();
  const [preview, setPreview] = useState<{ drawn: DrawnFigure; address: string } | null>(null);
  const key = recipe && recipeText(recipe);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says whether it is another recipe.
  useEffect(() => {
    if (!recipe || !key) return;
    let stale = false;
    const timer = setTimeout(() => {
      const coarse = { ...recipe, sheet: { ...recipe.sheet, dpi: Math.min(PREVIEW_DPI, recipe.sheet.dpi) } };
      const draw = async () => {
        const drawn = await drawRecipe(coarse, registry, stage.current!);
        return { drawn, blob: await figureBlob(drawn, coarse, 'svg') };
      };
      draw().then(
        ({ drawn, blob }) => {
          if (stale) return;
          onProblem('');
          setPreview({ drawn, address: URL.createObjectURL(blob) });
        },
        (thrown: unknown) => !stale && onProblem(describeFailure(toFailure(thrown))),
      );
    }, PREVIEW_AFTER_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key, registry]);
  useEffect(() => () => void (preview && URL.revokeObjectURL(preview.address)), [preview]);
  return recipe ? preview : null;
}

/** What computing it would change, for the sentence before the button. */
function changeWords({ parameters }: Recipe, store: Store): string {
  const words = [
    parameters.testSet && !store.parameters.testSet && 'keeps a test set',
    parameters.strategies &&
      parameters.strategies.length > store.parameters.strategies.length &&
      'draws Random 1 beside the selection',
  ].filter((word) => typeof word === 'string');
  return words.length > 0 ? `: it ${words.join(' and ')}, so the steps from Select on run again` : '';
}

function Methods() {
  const stages = useStore((store) => store.stages);
  const parameters = useStore((store) => store.parameters);
  const id = useId();
  const found = Object.fromEntries(Object.entries(stages).map(([name, { summary }]) => [name, summary]));
  return (
    <details className={styles.methods}>
      <summary>Methods paragraph</summary>
      <label htmlFor={id}>With the parameters and numbers of this run, to be pasted and edited:</label>
      <textarea id={id} readOnly rows={8} value={methodsParagraph({ ...found, parameters })} />
    </details>
  );
}
