import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Refusal } from '#data/errors.ts';
import type { FigureLegend } from '#figures/atomsPicture.ts';
import type { PlacedPicture } from '#figures/output/picture.ts';
import { PictureEncoder } from '#figures/output/pictureEncoder.ts';
import type { AtomsPanel } from '#figures/recipe.ts';
import { type Box, onDots } from '#figures/sheet.ts';
import { AtomsCanvas, type AtomsHandle } from '#render/AtomsCanvas.tsx';
import type { Pose } from '#render/pose.ts';
import { poseOf } from '#render/poseNumbers.ts';
import { LIGHT_SCENE } from '#render/scene.ts';
import type { Staged } from '#render/View.tsx';
import { useStore } from '#state/store.ts';
import { readViewState, type ViewState } from '#state/viewState.ts';
import { fittingMap } from '../centre/colourBy.ts';
import { useLegendIn, useQuantityNamed } from '../centre/useLegend.ts';
import { useSceneOf } from '../centre/useScene.ts';

/** A picture to take beside the one that is shown. */
export interface PictureRequest {
  readonly panel: AtomsPanel;
  /** On the sheet, CSS pixels, for the legend that will go below. */
  readonly box: (legend: FigureLegend) => Box;
  /** Dots for each of them. */
  readonly scale: number;
  readonly transparent: boolean;
}

export interface TakenPicture {
  readonly placed: PlacedPicture;
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
  done(picture: TakenPicture): void;
  fail(reason: unknown): void;
}

/** So long the graphics card keeps the atoms for another picture, ms. */
const KEPT_MS = 10_000;

/** Takes pictures for figures out of sight: what is on the screen stays as it is. */
export function FigureStage({ ref }: { readonly ref: Ref<StageHandle> }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  useImperativeHandle(
    ref,
    () => ({
      take: (request) => {
        const taken = last.current.then(
          () =>
            new Promise<TakenPicture>((done, fail) => {
              clearTimeout(idle.current);
              setWaiting({ request, done, fail });
            }),
        );
        last.current = taken
          .catch(() => {})
          .finally(() => {
            idle.current = setTimeout(() => setWaiting(null), KEPT_MS);
          });
        return taken;
      },
    }),
    [],
  );
  return waiting && <Picture waiting={waiting} />;
}

function Picture({ waiting }: { readonly waiting: Waiting }) {
  const { request, done, fail } = waiting;
  const { panel, scale, transparent } = request;
  const picture = useRef<AtomsHandle>(null);
  const taken = useRef<Waiting>(null);
  const [staged, setStaged] = useState<Staged | null>(null);
  const view: ViewState = { ...readViewState(useStore.getInitialState()), ...panel.view };
  const { quantity } = useQuantityNamed(view.colourBy);
  const shown = { ...view, theme: 'light', pickedRow: null } as const;
  const legend = useLegendIn(shown, quantity, fittingMap(quantity, view.colourMap));
  const scene = useSceneOf(shown, legend);
  const perspective = view.projection === 'perspective';

  const dots = onDots(request.box(legend), scale);
  // Whole CSS pixels, as canvases have, that hold all dots.
  const [width, height] = [Math.ceil(dots.width / scale), Math.ceil(dots.height / scale)];

  const capture = async (canvas: AtomsHandle): Promise<TakenPicture> => {
    const from = panel.camera ? poseOf(panel.camera) : panel.along;
    const encoder = new PictureEncoder();
    try {
      const shot = { scale, width: dots.width, height: dots.height, transparent };
      const seen = await canvas.captureAtoms(from, shot, encoder);
      const pose = { ...seen, height: (seen.height * dots.height) / (scale * height) };
      const box = { x: dots.x / scale, y: dots.y / scale, width: dots.width / scale, height: dots.height / scale };
      return { placed: { picture: await encoder.finish(), box }, pose, perspective, legend };
    } finally {
      encoder.dispose();
    }
  };
  const shaded = view.depthShading;
  const onStage =
    staged?.scene === scene &&
    staged.perspective === perspective &&
    staged.shaded === shaded &&
    staged.width === width &&
    staged.height === height;
  useEffect(() => {
    if (!onStage || taken.current === waiting) return;
    taken.current = waiting;
    capture(picture.current!).then(done, fail);
  });
  return (
    <div aria-hidden style={{ position: 'fixed', left: -2 * width, top: 0, width, height, visibility: 'hidden' }}>
      <AtomsCanvas
        ref={picture}
        scene={scene}
        theme={LIGHT_SCENE}
        perspective={perspective}
        shaded={shaded}
        label=""
        onStaged={setStaged}
        onUnavailable={(message) => fail(new Refusal({ tag: 'not-ready', message }))}
      />
    </div>
  );
}
