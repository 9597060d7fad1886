import { Component, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { toFailure } from '#data/errors.ts';
import { stageOf } from '#pipeline/stages.ts';
import { PlotlyFigure } from '#plots/PlotlyFigure.tsx';
import { figureSvg } from '#plots/plotly.ts';
import { plotColours } from '#plots/template.ts';
import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { savePlot } from '../hooks/save.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import styles from './PlotsPanel.module.css';
import type { PlotState } from './plotState.ts';

/** A plot with its notes, or what has to be run for it. */
export function PlotView({ state }: { readonly state: PlotState }) {
  if ('missing' in state) return <Missing {...state} />;
  return (
    <Guard key={state.name}>
      <Drawn state={state} />
    </Guard>
  );
}

function Drawn({ state }: { readonly state: Exclude<PlotState, { missing: string }> }) {
  const handles = useHandles();
  const box = useRef<HTMLDivElement>(null);
  const theme = useStore((store) => store.theme);
  const palette = useStore((store) => store.palette);
  const figure = useMemo(() => {
    const { background } = theme === 'dark' ? DARK_SCENE : LIGHT_SCENE;
    return state.build({ ...plotColours(theme, palette), paper: background });
  }, [state, theme, palette]);

  const picked = useStore((store) => store.pickedRow);
  const marks = useMemo(
    () =>
      picked === null ? [] : [{ rows: [picked], colour: plotColours(theme, palette).text, symbol: 'ring' as const }],
    [picked, theme, palette],
  );

  useEffect(() => {
    const { setView } = useStore.getState();
    handles.plot = {
      name: state.name,
      csv: () => new Blob([figure.csv()], { type: 'text/csv' }),
      // Paper is white, whatever the page looks like.
      svg: async () => {
        const { clientWidth: width, clientHeight: height } = box.current!;
        const svg = await figureSvg(state.build(plotColours('light', palette)), { width, height });
        return new Blob([svg], { type: 'image/svg+xml' });
      },
    };
    return () => {
      handles.plot = null;
      setView({ plotReady: false });
    };
  }, [handles, state, figure, palette]);

  return (
    <>
      <div ref={box} className={styles.plot}>
        <PlotlyFigure
          figure={figure}
          label={state.label}
          marks={marks}
          onDownload={() => void savePlot(handles, 'svg')}
          onPointClick={(row) => useStore.getState().setView({ pickedRow: row })}
          onReady={() => useStore.getState().setView({ plotReady: true })}
        />
      </div>
      <div className={styles.notes}>
        {figure.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </>
  );
}

function Missing({ missing, stage }: Extract<PlotState, { missing: string }>) {
  const workbench = useWorkbench();
  const ready = useStore((store) => store.stages.snapshot.fingerprint !== undefined && store.job === null);
  const labelled = useStore(
    (store) => store.sample || store.parameters.labelColumn !== null || store.stages.energies.fingerprint !== undefined,
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
