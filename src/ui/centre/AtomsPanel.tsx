import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Refusal } from '#data/errors.ts';
import { AtomsCanvas, type AtomsHandle } from '#render/AtomsCanvas.tsx';
import { inSlice, visibleIn } from '#render/lasso.ts';
import { numbersOf, poseOf } from '#render/poseNumbers.ts';
import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count } from '../words/numbers.ts';
import styles from './AtomsPanel.module.css';
import { ColourBar } from './ColourBar.tsx';
import { EmptyPicture } from './EmptyPicture.tsx';
import { LassoLayer } from './LassoLayer.tsx';
import { LegendStrip } from './LegendStrip.tsx';
import { MeasureStrip } from './MeasureStrip.tsx';
import { lineWords } from './measureWords.ts';
import { PictureTools } from './PictureTools.tsx';
import { pictureWithLegend } from './pictureWithLegend.ts';
import { type SlabFollower, SlabLayer } from './SlabLayer.tsx';
import { useLegend } from './useLegend.ts';
import { useMeasured } from './useMeasured.ts';
import { useScene } from './useScene.ts';

/** A click looks at an atom or, while somebody measures, measures from it. */
function picked(row: number | null): void {
  const { measuring, measureAtom, setView } = useStore.getState();
  if (!measuring) setView({ pickedRow: row });
  else if (row !== null) measureAtom(row);
}

/** The atoms, with what colours them above and what the colours mean below: nothing lies over them. */
export function AtomsPanel() {
  const handles = useHandles();
  const { columns } = useWorkbench();
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<AtomsHandle>(null);
  const slab = useRef<SlabFollower>(null);
  const followCamera = useCallback(() => slab.current?.follow(), []);
  const legend = useLegend();
  const scene = useScene(legend);
  const theme = useStore((store) => store.theme);
  const perspective = useStore((store) => store.projection === 'perspective');
  const shaded = useStore((store) => store.depthShading);
  const [unavailable, setUnavailable] = useState('');

  const sceneTheme = theme === 'dark' ? DARK_SCENE : LIGHT_SCENE;
  useEffect(() => {
    handles.atoms = {
      frameAll: () => picture.current?.frameAll(),
      viewAlong: (direction) => picture.current?.viewAlong(direction),
      capture: async () => {
        if (unavailable) throw new Refusal({ tag: 'not-ready', message: unavailable });
        if (!picture.current) throw new Error('there is no picture yet');
        return pictureWithLegend(await picture.current.capturePng(), legend, sceneTheme, box.current!.clientWidth);
      },
      camera: () => (scene && picture.current ? numbersOf(picture.current.camera()) : null),
      setCamera: (camera) => picture.current?.setCamera(poseOf(camera)),
      visible: () => scene && visibleIn(scene),
      inSlice: () => scene && inSlice(scene),
    };
    return () => {
      handles.atoms = null;
    };
  }, [handles, legend, scene, sceneTheme, unavailable]);

  const measured = useMeasured();
  const chains = useMemo(
    () => measured.map(({ found }) => ({ points: found.points, label: lineWords(found) })),
    [measured],
  );

  const atoms = columns.find('atoms.id')?.array.length ?? 0;
  return (
    <section className={styles.panel} aria-label="Atoms">
      <ColourBar legend={legend} />
      <div ref={box} className={styles.picture}>
        <AtomsCanvas
          ref={picture}
          scene={scene}
          theme={sceneTheme}
          perspective={perspective}
          shaded={shaded}
          label={`${count(atoms)} atoms, coloured by ${legend.title}. Arrow keys turn, plus and minus zoom.`}
          onPick={picked}
          chains={chains}
          onCamera={followCamera}
          onUnavailable={setUnavailable}
        />
        {scene && !unavailable && (
          <>
            <SlabLayer ref={slab} picture={picture} />
            <LassoLayer picture={picture} scene={scene} />
            <PictureTools />
          </>
        )}
        {unavailable && <p className={styles.empty}>{unavailable}</p>}
        {!scene && !unavailable && <EmptyPicture />}
      </div>
      <div className={styles.foot}>
        <MeasureStrip />
        <LegendStrip legend={legend} />
      </div>
    </section>
  );
}
