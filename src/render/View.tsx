import { useFrame, useThree } from '@react-three/fiber';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useState } from 'react';
import { CellBox } from './CellBox.tsx';
import { type Extent, sceneExtent } from './geometry.ts';
import { type Chain, drawChains, drawNote, drawOverlay } from './overlay.ts';
import { Painter, type PictureOrder } from './painter.ts';
import { pickAtom } from './pickAtom.ts';
import type { PictureSink } from './pictureSink.ts';
import type { CameraRig } from './rig.ts';
import type { AtomsScene, SceneTheme } from './scene.ts';

/** Colours that stand for numbers are to be read: they are darkened less. */
const SHADING_OF_VALUES = 0.5;

/** What the page asks of the picture. */
export interface ViewHandle {
  /** Row of the atom at a point of the view, CSS pixels from the upper left corner. */
  pick(x: number, y: number): number | null;
  /** The picture as a PNG, axes and scale bar included, at `scale` pixels for each CSS pixel. */
  capturePng(scale: number): Promise<Blob>;
  /** The atoms alone, for figures. Rejects with a `Refusal` where the GPU cannot draw them. */
  captureAtoms(shot: AtomsShot, sink: PictureSink): Promise<void>;
}

/** What a canvas out of sight is ready to take pictures of. */
export interface Staged {
  readonly scene: AtomsScene;
  readonly perspective: boolean;
  readonly shaded: boolean;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** A picture of the atoms to be taken. */
export interface AtomsShot {
  /** Pixels for each CSS pixel. */
  readonly scale: number;
  /** Pixels, of the middle of the view, which is to have as many. */
  readonly width: number;
  readonly height: number;
  readonly transparent: boolean;
}

interface ViewProps {
  readonly scene: AtomsScene;
  readonly extent: Extent;
  readonly theme: SceneTheme;
  readonly rig: CameraRig;
  readonly perspective: boolean;
  readonly shaded: boolean;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
  readonly chains: readonly Chain[];
  /** Given where nothing is shown: pictures are only taken, and this says of what they would be. */
  readonly onStaged: ((staged: Staged) => void) | undefined;
  readonly ref: Ref<ViewHandle>;
}

/** The inside of the canvas, with a painter for each model. */
export function View(props: ViewProps) {
  const { gl, scene, camera } = useThree();
  const { extent, rig, perspective } = props;
  const positions = props.scene.positions.array;
  const [made, setMade] = useState<{ readonly painter: Painter; readonly extent: Extent } | null>(null);
  useLayoutEffect(() => {
    const painter = new Painter({ renderer: gl, scene, camera, rig }, positions, extent, perspective);
    setMade({ painter, extent });
    return () => painter.dispose();
  }, [gl, scene, camera, rig, positions, extent, perspective]);
  // Never the painter of the model before.
  return made?.extent === extent && <Painted painter={made.painter} {...props} />;
}

/** Carries the scene to the painter when it changes, and has it draw when asked to. */
function Painted({
  painter,
  scene,
  theme,
  rig,
  perspective,
  shaded,
  overlay,
  chains,
  onStaged,
  ref,
}: ViewProps & { readonly painter: Painter }) {
  const { gl, size, invalidate } = useThree();
  const { layers } = painter;
  const { types, colour, radius, visibleTypes, clips, flags, tints, marked, highlighted } = scene;
  useLayoutEffect(
    () => layers.setFilter({ types, visibleTypes, clips, flags, reach: radius }),
    [layers, types, visibleTypes, clips, flags, radius],
  );
  useLayoutEffect(() => layers.setColour(colour), [layers, colour]);
  useLayoutEffect(() => layers.setTints(tints), [layers, tints]);
  useLayoutEffect(() => painter.setAtomRadius(radius), [painter, radius]);
  useLayoutEffect(() => layers.setMarked(marked), [layers, marked]);
  useLayoutEffect(() => layers.setHighlighted(highlighted), [layers, highlighted]);
  useLayoutEffect(() => painter.setTheme(theme), [painter, theme]);

  useEffect(() => {
    const lost = () => painter.contextLost();
    const restored = () => {
      painter.renew();
      rig.touch();
    };
    gl.domElement.addEventListener('webglcontextlost', lost);
    gl.domElement.addEventListener('webglcontextrestored', restored);
    return () => {
      gl.domElement.removeEventListener('webglcontextlost', lost);
      gl.domElement.removeEventListener('webglcontextrestored', restored);
    };
  }, [gl, rig, painter]);

  useLayoutEffect(() => {
    rig.onChange = invalidate;
    rig.resize({ width: size.width, height: size.height });
  }, [rig, size.width, size.height, invalidate]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed, the picture did.
  useLayoutEffect(() => {
    painter.sceneChanged();
    rig.touch();
  }, [painter, rig, scene, theme, shaded]);
  const strength = colour.kind === 'continuous' ? SHADING_OF_VALUES : 1;
  useLayoutEffect(() => painter.setShading(shaded ? strength : 0), [painter, shaded, strength]);

  const { width, height } = size;
  useEffect(
    () => onStaged?.({ scene, perspective, shaded, width, height }),
    [onStaged, scene, perspective, shaded, width, height],
  );

  const style = { text: theme.text, background: theme.background, withScaleBar: !perspective };
  const drawOver = (oneIn: number) => {
    const canvas = overlay.current;
    if (!canvas) return;
    fitCanvas(canvas, size.width, size.height, devicePixelRatio);
    const context = canvas.getContext('2d')!;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    drawOverlay(context, rig.pose, size.width, size.height, style);
    drawChains(context, chains, (point) => rig.pixelOf(point), style);
    if (oneIn > 1) drawNote(context, `While moving: 1 in ${oneIn} atoms`, size.width, style);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the atoms below stay as they are.
  useLayoutEffect(() => drawOver(1), [chains]);
  useLayoutEffect(() => {
    const { dataset } = gl.domElement;
    painter.onShown = (oneIn) => {
      drawOver(oneIn);
      if (rig.easing) rig.touch();
      dataset.frames = String(Number(dataset.frames ?? 0) + 1);
    };
    painter.onSharp = ({ milliseconds, atoms }) => {
      dataset.frameMilliseconds = milliseconds.toFixed(0);
      dataset.atomsDrawn = String(atoms);
    };
  });

  useFrame(() => {
    rig.advance(performance.now());
    if (!onStaged) painter.draw();
    // A priority above zero: this draws, not the library.
  }, 1);

  useImperativeHandle(ref, () => ({
    pick: (x, y) => pickAtom(rig.rayThrough(x, y), scene),
    async capturePng(scale) {
      const { pose } = rig;
      const canvas = await capture(painter, size, { scale, theme, background: theme.background });
      const context = contextOf(canvas);
      context.scale(scale, scale);
      drawOverlay(context, pose, size.width, size.height, style);
      drawChains(context, chains, (point) => rig.pixelOf(point), style);
      return pngOf(canvas);
    },
    async captureAtoms({ scale, width, height, transparent }, sink) {
      const [wide, high] = [Math.round(size.width * scale), Math.round(size.height * scale)];
      const [left, upper] = [Math.floor((wide - width) / 2), Math.floor((high - height) / 2)];
      await sink.begin({ width, height, opaque: !transparent });
      const sent: Promise<void>[] = [];
      const onTile: PictureOrder['onTile'] = (pixels, x, y) => sent.push(sink.tile(pixels, x - left, y - upper));
      const background = transparent ? null : theme.background;
      await painter.picture({ scale, theme, background, width: wide, height: high, onTile });
      await Promise.all(sent);
    },
  }));

  return (
    <>
      <primitive object={layers.rings} dispose={null} />
      {scene.cell && <CellBox cell={scene.cell} frame={painter.frame} perspective={perspective} />}
    </>
  );
}

/** Kept in memory: encoding it would have to fetch it back from the GPU. */
function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  return canvas.getContext('2d', { willReadFrequently: true })!;
}

/** The atoms as they are seen now, tile by tile, with `scale` pixels for each CSS pixel. */
async function capture(
  painter: Painter,
  size: { readonly width: number; readonly height: number },
  order: Pick<PictureOrder, 'scale' | 'theme' | 'background'>,
): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * order.scale);
  canvas.height = Math.round(size.height * order.scale);
  const context = contextOf(canvas);
  const { width, height } = canvas;
  await painter.picture({ ...order, width, height, onTile: (pixels, x, y) => context.putImageData(pixels, x, y) });
  return canvas;
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded')))),
  );
}

/** Size a canvas in device pixels, only when it changes: setting it clears it. */
function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, pixelRatio: number): void {
  const wide = Math.floor(width * pixelRatio);
  const high = Math.floor(height * pixelRatio);
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}

/** @returns The extent of a scene, which is also the key of its model. */
export function useExtent(scene: AtomsScene | null): Extent | null {
  const { positions, cell = null, radius = 0 } = scene ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: an array is new when its reference or version is.
  return useMemo(
    () => (positions ? sceneExtent(positions.array, cell, radius) : null),
    [positions?.array, positions?.version, cell, radius],
  );
}
