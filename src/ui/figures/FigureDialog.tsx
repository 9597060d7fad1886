import { X } from 'lucide-react';
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import type { FigureEnding } from '#figures/output/figureFile.ts';
import { FIGURE_PRESETS, type FigurePreset, PLAIN_SHEET } from '#figures/presets.ts';
import { type Recipe, readRecipe, type SheetSize } from '#figures/recipe.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { stemOf } from '../hooks/download.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { bringRecipe, changeWords, isReady, recipeOf, recipeOfSheet, withViewOf } from './bringRecipe.ts';
import { FigureChoice, type Origin } from './FigureChoice.tsx';
import styles from './FigureDialog.module.css';
import type { StageHandle } from './FigureStage.tsx';
import { MethodsParagraph } from './MethodsParagraph.tsx';
import { FIRST_SHEET, type OwnSheet, ownSheetOf } from './ownSheet.ts';
import { SaveActions } from './SaveActions.tsx';
import { SheetPreview } from './SheetPreview.tsx';
import { usePreview } from './usePreview.ts';

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
  // It outlives the dialog: what was put together by hand is not lost by a press of Escape.
  const [own, setOwn] = useState(() => FIRST_SHEET);
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
      {open && <Figures stage={stage} own={own} onOwn={setOwn} />}
    </dialog>
  );
}

interface FiguresProps extends Pick<FigureDialogProps, 'stage'> {
  readonly own: OwnSheet;
  readonly onOwn: (own: OwnSheet) => void;
}

function Figures({ stage, own, onOwn }: FiguresProps) {
  const workbench = useWorkbench();
  const handles = useHandles();
  const [origin, setOrigin] = useState<Origin>('paper');
  const [preset, setPreset] = useState<FigurePreset>(FIGURE_PRESETS[0]!);
  const [sheet, setSheet] = useState<SheetSize>({ ...FIGURE_PRESETS[0]!.sheet, ...PLAIN_SHEET });
  const [asShown, setAsShown] = useState(false);
  const [problem, setProblem] = useState('');
  const [saving, setSaving] = useState<FigureEnding | null>(null);
  const store = useStore();
  const recipe = useMemo((): Recipe => {
    if (origin === 'own') return { ...recipeOfSheet(own, store), sheet };
    const sized = { ...recipeOf(preset, store), sheet };
    return asShown ? withViewOf(sized, store, handles.atoms?.camera() ?? null) : sized;
  }, [origin, own, preset, sheet, asShown, store, handles]);
  const ready = isReady(recipe, store);
  const busy = store.job !== null;
  const preview = usePreview(ready ? recipe : null, stage, setProblem);

  const attempt = (act: () => Promise<void>) => {
    setProblem('');
    act().catch((thrown: unknown) => setProblem(describeFailure(toFailure(thrown))));
  };
  const change = (next: OwnSheet) => {
    setProblem('');
    setOrigin('own');
    onOwn(next);
  };
  const openRecipe = async (file: File) => {
    const read = readRecipe(await file.text(), Object.keys(COLOUR_MAPS));
    change(ownSheetOf(read, read.parameters));
    setSheet(read.sheet);
  };
  const hasAtoms = recipe.panels.some(({ kind }) => kind === 'atoms');

  return (
    <div className={styles.body}>
      <FigureChoice
        origin={origin}
        preset={preset}
        own={own}
        sheet={sheet}
        asShown={origin === 'paper' && hasAtoms ? asShown : null}
        onOrigin={(next) => {
          setProblem('');
          setOrigin(next);
        }}
        onPreset={(next) => {
          setPreset(next);
          setSheet({ ...sheet, ...next.sheet });
          setProblem('');
        }}
        onEdit={() => change(ownSheetOf(recipe, null))}
        onOwn={change}
        onSheet={setSheet}
        onAsShown={setAsShown}
      />
      <div className={styles.result}>
        <div className={styles.paper}>
          {preview && <SheetPreview preview={preview} sheet={preview.sheet} title={recipe.title} />}
          {!ready && (
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
        <SaveActions
          recipe={recipe}
          ready={ready}
          shown={preview?.drawn ?? null}
          stem={`${stemOf(store.stages.snapshot.summary?.name ?? '')}-${origin === 'own' ? 'figure' : preset.id}`}
          stage={stage}
          attempt={attempt}
          onSaving={setSaving}
          onRecipe={openRecipe}
        />
        <MethodsParagraph />
      </div>
    </div>
  );
}
