import { X } from 'lucide-react';
import { type Ref, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import { methodsParagraph } from '#figures/methods.ts';
import { FIGURE_ENDINGS, type FigureEnding } from '#figures/output/figureFile.ts';
import { FIGURE_PRESETS, type FigurePreset, PLAIN_SHEET } from '#figures/presets.ts';
import { type Recipe, readRecipe, recipeText, type SheetSize } from '#figures/recipe.ts';
import { PX_PER_MM } from '#figures/sheet.ts';
import { type Store, useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { download, stemOf } from '../hooks/download.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { bringRecipe, isReady, recipeOf, withViewOf } from './bringRecipe.ts';
import { drawRecipe } from './drawRecipe.ts';
import styles from './FigureDialog.module.css';
import type { StageHandle } from './FigureStage.tsx';
import { dataBlob, figureBlob } from './figureFiles.ts';
import { SheetFields } from './SheetFields.tsx';
import { type Preview, usePreview } from './usePreview.ts';

export interface FigureDialogHandle {
  show(): void;
}

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
  const [saving, setSaving] = useState<FigureEnding | null>(null);
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
    setSaving(ending);
    try {
      const drawn = await drawRecipe(recipe!, workbench.columns, stage.current!, preview?.drawn);
      download(await figureBlob(drawn, recipe!, ending), `${stem}.${ending}`);
    } finally {
      setSaving(null);
    }
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
          {preview && <Sheet preview={preview} sheet={preview.sheet} title={recipe?.title ?? ''} />}
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
          {problem || (saving && `Saving the ${saving.toUpperCase()}…`) || preview?.drawn.notes.join(' ')}
        </p>
        <div className={styles.actions}>
          {FIGURE_ENDINGS.map((ending) => (
            <Button
              key={ending}
              disabled={!ready}
              aria-disabled={saving !== null}
              onClick={() => saving || attempt(() => saveAs(ending))}
            >
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

/** The sheet at the size at which it is printed, where there is room. */
function Sheet({ preview, sheet, title }: SheetProps) {
  const [width, height] = [sheet.widthMm * PX_PER_MM, sheet.heightMm * PX_PER_MM];
  const part = (length: number, whole: number) => `${(100 * length) / whole}%`;
  const room = `min(${sheet.widthMm}mm, 100cqw, 100cqh * ${width / height})`;
  return (
    <div
      className={styles.drawing}
      data-transparent={sheet.transparent}
      style={{ width: room, aspectRatio: width / height }}
    >
      {preview.pictures.map(({ address, box }) => (
        <img
          key={address}
          src={address}
          alt=""
          style={{
            left: part(box.x, width),
            top: part(box.y, height),
            width: part(box.width, width),
            height: part(box.height, height),
          }}
        />
      ))}
      <img src={preview.address} alt={title} style={{ inset: 0, width: '100%', height: '100%' }} />
    </div>
  );
}

interface SheetProps {
  readonly preview: Preview;
  readonly sheet: SheetSize;
  readonly title: string;
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
