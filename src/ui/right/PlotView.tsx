import { Component, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { StructurePaletteId } from '#colours/byStructure.ts';
import { inTurns } from '#data/background.ts';
import { toFailure } from '#data/errors.ts';
import { stageOf } from '#pipeline/stages.ts';
import type { Drawing, FigureSpec } from '#plots/figureSpec.ts';
import type { HeldKeys } from '#plots/livePlot.ts';
import type { MarkedAtoms } from '#plots/markedAtoms.ts';
import { PlotlyFigure } from '#plots/PlotlyFigure.tsx';
import { figureSvg } from '#plots/plotly.ts';
import { type PlotColours, plotColours } from '#plots/template.ts';
import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
import { modeOfKeys, selectInPolygon } from '#state/actions/selecting.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { savePlot } from '../hooks/save.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { type MarkedSet, useMarkedSets } from '../hooks/useMarkedSets.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count } from '../words/numbers.ts';
import styles from './PlotsPanel.module.css';
import type { PlotState } from './plotState.ts';

/** Points of a set that are marked at most. */
const MARKED_AT_MOST = 2000;

/** A plot with its notes, or what has to be run for it. */
export function PlotView({ state }: { readonly state: PlotState }) {
  if ('missing' in state) return <Missing {...state} />;
  return (
    <Guard key={state.name}>
      <Drawn state={state} />
    </Guard>
  );
}

type Known = Exclude<PlotState, { missing: string }>;

/** Until a plot of other data is counted the one before it stays. */
function Drawn({ state }: { readonly state: Known }) {
  const theme = useStore((store) => store.theme);
  const palette = useStore((store) => store.palette);
  const colours = useMemo(() => {
    const { background } = theme === 'dark' ? DARK_SCENE : LIGHT_SCENE;
    return { ...plotColours(theme, palette), paper: background };
  }, [theme, palette]);
  const made = useMade(state, colours);
  return made && <Plot {...made} palette={palette} ring={colours.text} />;
}

interface MadePlot {
  readonly state: Known;
  readonly drawing: Drawing;
  readonly figure: FigureSpec;
}

/** The figure, made in turns of the page; what was counted for it is kept for other colours. */
function useMade(state: Known, colours: PlotColours): MadePlot | null {
  const [made, setMade] = useState<MadePlot | null>(null);
  const [thrown, setThrown] = useState<{ readonly reason: unknown }>();
  const counted = useRef<Pick<MadePlot, 'state' | 'drawing'>>(null);
  useEffect(() => {
    let stale = false;
    inTurns(make()).then(
      (figure) => !stale && setMade({ state, drawing: counted.current!.drawing, figure }),
      (reason: unknown) => !stale && setThrown({ reason }),
    );
    return () => {
      stale = true;
    };

    function* make(): Generator<void, FigureSpec> {
      const known = counted.current?.state === state;
      const drawing = known ? counted.current!.drawing : yield* state.prepare();
      counted.current = { state, drawing };
      yield;
      return drawing(colours);
    }
  }, [state, colours]);
  // To the guard around this plot.
  if (thrown) throw thrown.reason;
  return made;
}

function Plot({
  state,
  drawing,
  figure,
  palette,
  ring,
}: MadePlot & { readonly palette: StructurePaletteId; readonly ring: string }) {
  const handles = useHandles();
  const workbench = useWorkbench();
  const box = useRef<HTMLDivElement>(null);
  const sets = useMarkedSets();
  const marks = useMarks(sets, ring);
  const sampled = figure.plane?.y ? sets.filter(({ count: atoms }) => atoms > MARKED_AT_MOST) : [];
  const select = (corners: readonly number[], keys: HeldKeys) => {
    const origin = `outline in ${state.short ?? state.label}`;
    if (figure.plane) void selectInPolygon(workbench, figure.plane, corners, modeOfKeys(keys), origin);
  };

  useEffect(() => {
    const { setView } = useStore.getState();
    handles.plot = {
      name: state.name,
      csv: () => new Blob([figure.csv()], { type: 'text/csv' }),
      // Paper is white, whatever the page looks like.
      svg: async () => {
        const { clientWidth: width, clientHeight: height } = box.current!;
        const svg = await figureSvg(drawing(plotColours('light', palette)), { width, height });
        return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
      },
    };
    return () => {
      handles.plot = null;
      setView({ plotReady: false });
    };
  }, [handles, state, drawing, figure, palette]);

  return (
    <>
      <div ref={box} className={styles.plot}>
        <PlotlyFigure
          figure={figure}
          label={state.label}
          marks={marks}
          onSelect={select}
          onDownload={() => void savePlot(handles, 'svg')}
          onDraw={(drawn) => workbench.makeWay(drawn)}
          onPointClick={(row) => useStore.getState().setView({ pickedRow: row })}
          onReady={() => useStore.getState().setView({ plotReady: true })}
        />
      </div>
      <div className={styles.notes}>
        {figure.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {sampled.map(({ name, count: atoms }) => (
          <p key={name}>
            {name}: {count(MARKED_AT_MOST)} of its {count(atoms)} atoms are marked.
          </p>
        ))}
      </div>
    </>
  );
}

/** Marked points: of the selection and the sets in their colours, and of the atom that is open. */
function useMarks(sets: readonly MarkedSet[], ring: string): readonly MarkedAtoms[] {
  const picked = useStore((store) => store.pickedRow);
  return useMemo(
    () => [
      ...sets.map((set) => ({ rows: set.rows(MARKED_AT_MOST), colour: set.colour, symbol: 'dot' as const })),
      ...(picked === null ? [] : [{ rows: [picked], colour: ring, symbol: 'ring' as const }]),
    ],
    [sets, picked, ring],
  );
}

function Missing({ missing, stage }: Extract<PlotState, { missing: string }>) {
  const workbench = useWorkbench();
  const ready = useStore((store) => store.stages.snapshot.fingerprint !== undefined && store.job === null);
  const labelled = useStore(
    (store) =>
      store.sample ||
      store.parameters.labelColumn !== null ||
      store.parameters.potential !== null ||
      store.stages.energies.fingerprint !== undefined,
  );
  const loop = stage === 'model' && labelled;
  const toEnergies = stage === 'model' && !labelled;
  const act = () => {
    if (loop) void workbench.runWholeLoop();
    else if (toEnergies) useStore.getState().setView({ openStep: 'energies' });
    else void workbench.run(stage);
  };
  const words = loop ? 'Run the whole loop' : toEnergies ? 'Open step 7, Energies' : stageOf(stage).verb;
  return (
    <div className={styles.missing}>
      <p>
        <strong>Not computed yet.</strong>
        <br />
        {missing}.
      </p>
      <Button disabled={!ready} onClick={act}>
        {words}
      </Button>
    </div>
  );
}

/** A plot that cannot be made must not take the page with it. */
class Guard extends Component<{ readonly children: ReactNode }, { readonly problem: string | null }> {
  override state = { problem: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { problem: toFailure(thrown).message.split('\n')[0] ?? '' };
  }

  override render() {
    if (this.state.problem === null) return this.props.children;
    return (
      <p role="alert" className={styles.missing}>
        This plot could not be made: {this.state.problem}
      </p>
    );
  }
}
