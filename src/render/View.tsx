import { useFrame, useThree } from '@react-three/fiber';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import { AtomLayers, sampleOneIn } from './atomLayers.ts';
import { CellBox } from './CellBox.tsx';
import { type Extent, sceneExtent } from './geometry.ts';
import { type Frame, MotionResolution } from './motionResolution.ts';
import { drawNote, drawOverlay } from './overlay.ts';
import { Picker } from './picking.ts';
import { FULL_RATIO, PictureTarget } from './pictureTarget.ts';
import { spriteSize } from './pose.ts';
import type { CameraRig } from './rig.ts';
import type { AtomsScene, SceneTheme } from './scene.ts';

/** What the page asks of the picture. */
export interface ViewHandle {
  /** Row of the atom at a point of the view, CSS pixels from the upper left corner. */
  pick(x: number, y: number): Promise<number | null>;
  /** The picture as a PNG, axes and scale bar included, at `scale` pixels for each CSS pixel. */
  capturePng(scale: number): Promise<Blob>;
}

interface ViewProps {
  readonly scene: AtomsScene;
  readonly extent: Extent;
  readonly theme: SceneTheme;
  readonly rig: CameraRig;
  readonly perspective: boolean;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
  readonly ref: Ref<ViewHandle>;
}

/** The inside of the canvas: carries the scene to the GPU when it changes, and draws frames when asked to. */
export function View({ scene, extent, theme, rig, perspective, overlay, ref }: ViewProps) {
  const { gl, scene: root, camera, size, invalidate } = useThree();
  const positions = scene.positions.array;
  const layers = useMemo(() => new AtomLayers(positions, extent.radius, perspective), [positions, extent, perspective]);
  const picker = useMemo(() => new Picker(), []);
  const resolution = useMemo(
    () =>
      new MotionResolution(gl.getContext() as WebGL2RenderingContext, invalidate, sampleOneIn(positions.length / 3)),
    [gl, invalidate, positions],
  );
  const target = useMemo(() => new PictureTarget(), []);
  // Layers of a model that is gone are let go after the first frame without them: three.js gives shaders up with the last
  // material that uses them, and would compile the same ones anew.
  const outgoing = useRef<AtomLayers[]>([]);
  useEffect(() => () => void outgoing.current.push(layers), [layers]);
  useEffect(() => () => disposeAll(outgoing.current), []);
  useEffect(() => () => picker.dispose(), [picker]);
  useEffect(() => () => resolution.dispose(), [resolution]);
  useEffect(() => () => target.dispose(), [target]);

  // In the background, ahead of the first click.
  useEffect(() => void gl.compile(layers.pickScene, camera), [gl, layers, camera]);

  const { types, colour, radius, visibleTypes, slab, marked, highlighted } = scene;
  const values = colour.kind === 'uniform' ? null : colour.values;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an array is new when its reference or version is.
  useLayoutEffect(
    () => layers.setShownTypes(types?.array ?? null, visibleTypes),
    [layers, types?.array, types?.version, visibleTypes],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above; the range and table go their own cheap way.
  useLayoutEffect(() => layers.setValues(colour), [layers, values?.array, values?.version]);
  useLayoutEffect(() => layers.setColouring(colour), [layers, colour]);
  useLayoutEffect(() => layers.setRadius(radius), [layers, radius]);
  useLayoutEffect(() => layers.setSlab(slab), [layers, slab]);
  useLayoutEffect(() => layers.setMarked(marked), [layers, marked]);
  useLayoutEffect(() => layers.setHighlighted(highlighted), [layers, highlighted]);
  useLayoutEffect(() => layers.setTheme(theme), [layers, theme]);

  useEffect(() => {
    const context = gl.getContext() as WebGL2RenderingContext;
    const prepareContext = () => {
      // Asked for by name, it lets the depth test run before the shader.
      context.getExtension('EXT_conservative_depth');
      rig.maxPointSize = (context.getParameter(context.ALIASED_POINT_SIZE_RANGE)[1] as number) / FULL_RATIO;
      rig.touch();
    };
    prepareContext();
    gl.domElement.addEventListener('webglcontextrestored', prepareContext);
    return () => gl.domElement.removeEventListener('webglcontextrestored', prepareContext);
  }, [gl, rig]);

  useLayoutEffect(() => {
    rig.onChange = invalidate;
    rig.resize({ width: size.width, height: size.height });
  }, [rig, size.width, size.height, invalidate]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed, the picture did.
  useEffect(() => rig.touch(), [rig, scene, theme]);

  const pixels = (ratio: number) => ({
    width: Math.max(1, Math.round(size.width * ratio)),
    height: Math.max(1, Math.round(size.height * ratio)),
  });
  /** Draw a frame, and show it once it is a whole picture. */
  const draw = (frame: Frame) => {
    const ratio = FULL_RATIO * frame.share;
    const { width, height } = pixels(ratio);
    const { index, count } = frame.part;
    rig.place(camera);
    if (index === 0) layers.startPicture();
    layers.prepare(camera, width, height, ratio, frame);
    target.draw(gl, root, camera, width, height, index === 0);
    if (index === count - 1) target.show(gl);
  };
  const style = { text: theme.text, background: theme.background, withScaleBar: !perspective };

  useFrame(() => {
    rig.advance(performance.now());
    const frame = resolution.next(rig.takeChange());
    if (!frame) return;
    draw(frame);
    disposeAll(outgoing.current);
    resolution.time(frame);
    if (rig.easing) rig.touch();
    const canvas = overlay.current;
    // Words and axes belong to the picture that is seen: until the last part is drawn, that is the one before.
    if (!canvas || frame.part.index < frame.part.count - 1) return;
    fitCanvas(canvas, size.width, size.height, devicePixelRatio);
    const context = canvas.getContext('2d')!;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    drawOverlay(context, rig.pose, size.width, size.height, style);
    if (frame.oneIn > 1) drawNote(context, `While moving: 1 in ${frame.oneIn} atoms`, size.width, style);
    // A priority above zero: this draws, not the library.
  }, 1);

  useImperativeHandle(ref, () => ({
    pick(x, y) {
      const { width, height } = pixels(FULL_RATIO);
      // The last frame may have been a coarse one; atoms are picked by the full one.
      layers.prepare(camera, width, height, FULL_RATIO);
      return picker.pick(gl, layers, camera, (x / size.width) * width, (1 - y / size.height) * height);
    },
    async capturePng(scale) {
      // Sprites have a largest size: a larger picture than that allows would cut atoms off.
      const ratio = Math.min(scale, (rig.maxPointSize * FULL_RATIO) / spriteSize(radius, size.height, rig.pose.height));
      const { width, height } = pixels(ratio);
      const { pose } = rig;
      rig.place(camera);
      layers.prepare(camera, width, height, ratio);
      const picture = new PictureTarget();
      picture.draw(gl, root, camera, width, height);
      const image = await picture.read(gl).finally(() => picture.dispose());
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      // Kept in memory: encoding it would have to fetch it back from the GPU.
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      context.putImageData(image, 0, 0);
      context.scale(ratio, ratio);
      drawOverlay(context, pose, size.width, size.height, style);
      return new Promise((resolve, reject) =>
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded')))),
      );
    },
  }));

  return (
    <>
      <color attach="background" args={[theme.background]} />
      <primitive object={layers.group} dispose={null} />
      {scene.cell && <CellBox cell={scene.cell} colour={theme.line} />}
    </>
  );
}

function disposeAll(layers: AtomLayers[]): void {
  for (const old of layers.splice(0)) old.dispose();
}

/** Size a canvas in device pixels, only when it changes: setting it clears it. */
function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, pixelRatio: number): void {
  const wide = Math.floor(width * pixelRatio);
  const high = Math.floor(height * pixelRatio);
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}

/** @returns The extent of a scene, which is also the key of its model. */
export function useExtent({ positions, cell, radius }: AtomsScene): Extent {
  // biome-ignore lint/correctness/useExhaustiveDependencies: an array is new when its reference or version is.
  return useMemo(() => sceneExtent(positions.array, cell, radius), [positions.array, positions.version, cell, radius]);
}
