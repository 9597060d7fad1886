import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { FigureLegend } from '#figures/atomsPicture.ts';
import type { AtomsPanel } from '#figures/recipe.ts';
import { AtomsCanvas, type AtomsHandle } from '#render/AtomsCanvas.tsx';
import type { Pose } from '#render/pose.ts';
import { poseOf } from '#render/poseNumbers.ts';
import { LIGHT_SCENE } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { readViewState, type ViewState } from '#state/viewState.ts';
import { fittingMap } from '../centre/colourBy.ts';
import { useLegendIn, useQuantityNamed } from '../centre/useLegend.ts';
import { useSceneOf } from '../centre/useScene.ts';

/** A picture to take beside the one that is shown. */
export interface PictureRequest {
  readonly panel: AtomsPanel;
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels, for the legend that will go below. */
  readonly height: (legend: FigureLegend) => number;
  /** Dots for each of them. */
  readonly scale: number;
  readonly transparent: boolean;
}

export interface TakenPicture {
  readonly png: Blob;
  readonly pose: Pose;
  readonly perspective: boolean;
  readonly legend: FigureLegend;
}

export interface StageHandle {
  /** Pictures are taken one after the other, each with a camera, a theme and a size of its own. */
  take(request: PictureRequest): Promise<TakenPicture>;
}

interface Waiting {
  readonly request: PictureRequest;
  readonly number: number;
  done(picture: TakenPicture): void;
  fail(reason: unknown): void;
}

/** Takes pictures for figures out of sight: what is on the screen stays as it is. */
export function FigureStage({ ref }: { readonly ref: Ref<StageHandle> }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const number = useRef(0);
  useImperativeHandle(
    ref,
    () => ({
      take: (request) => {
        const taken = last.current.then(
          () =>
            new Promise<TakenPicture>((done, fail) => {
              number.current++;
              setWaiting({ request, number: number.current, done, fail });
            }),
        );
        last.current = taken.catch(() => {}).finally(() => setWaiting(null));
        return taken;
      },
    }),
    [],
  );
  return waiting && <Picture key={waiting.number} {...waiting} />;
}

function Picture({ request, done, fail }: Waiting) {
  const { panel, width, scale, transparent } = request;
  const picture = useRef<AtomsHandle>(null);
  const taken = useRef(false);
  const view: ViewState = { ...readViewState(useStore.getInitialState()), ...panel.view };
  const { quantity } = useQuantityNamed(view.colourBy);
  const shown = { ...view, theme: 'light', pickedRow: null } as const;
  const legend = useLegendIn(shown, quantity, fittingMap(quantity, view.colourMap));
  const scene = useSceneOf(shown, legend);
  const perspective = view.projection === 'perspective';

  // The first sharp picture says that all is where the GPU wants it; then the camera is put where it belongs.
  const take = () => {
    if (taken.current) return;
    taken.current = true;
    const from = panel.camera ? poseOf(panel.camera) : panel.along;
    picture
      .current!.captureAtoms(from, scale, transparent)
      .then(({ png, pose }) => done({ png, pose, perspective, legend }), fail);
  };
  const height = request.height(legend);
  return (
    <div aria-hidden style={{ position: 'fixed', left: -2 * width, top: 0, width, height, visibility: 'hidden' }}>
      <AtomsCanvas
        ref={picture}
        scene={scene}
        theme={LIGHT_SCENE}
        perspective={perspective}
        shaded={view.depthShading}
        label=""
        onSharp={take}
        onUnavailable={(message) => fail(new Error(message))}
      />
    </div>
  );
}
