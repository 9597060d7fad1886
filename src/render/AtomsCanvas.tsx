import { Canvas } from '@react-three/fiber';
import { type Ref, type RefObject, useCallback, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { WebGLRenderer } from 'three';
import { Controls } from './Controls.tsx';
import { type Projection, projectionOf } from './lasso.ts';
import type { Chain } from './overlay.ts';
import type { PictureSink } from './pictureSink.ts';
import { FULL_RATIO } from './pictureTarget.ts';
import type { Pose, ViewDirection } from './pose.ts';
import { CameraRig } from './rig.ts';
import type { AtomsScene, SceneTheme } from './scene.ts';
import { type AtomsShot, type Staged, useExtent, View, type ViewHandle } from './View.tsx';

const UNAVAILABLE = 'This browser cannot draw the atoms: it has no WebGL 2, or it is switched off.';

/** The first lets the depth test run before the shader; three.js would ask for the second in the middle of a picture. */
const EXTENSIONS = ['EXT_conservative_depth', 'KHR_parallel_shader_compile'] as const;

/** A lost context that is not back after this long, ms, will not come: start afresh. */
const PATIENCE_MS = 3000;

export interface AtomsHandle {
  /** Fit the whole model into the view, seen from where one looks now. */
  frameAll(): void;
  viewAlong(direction: ViewDirection): void;
  camera(): Pose;
  /** Ease to a pose. */
  setCamera(pose: Pose): void;
  /** The picture with axes and scale bar; `scale` pixels for each CSS pixel, 2 unless told. */
  capturePng(scale?: number): Promise<Blob>;
  /** The atoms alone, as they are seen from `pose` or, without one, from `along` with all of the model in view. */
  captureAtoms(from: Pose | ViewDirection, shot: AtomsShot, sink: PictureSink): Promise<Pose>;
  /** Where points of the model lie in the view as it now is. */
  project(): Projection;
}

export interface AtomsCanvasProps {
  /** Null while there is nothing to draw: all that takes time is then made ready. */
  readonly scene: AtomsScene | null;
  readonly theme: SceneTheme;
  /** Parallel rays unless true. */
  readonly perspective?: boolean;
  /** Whether hollows and what lies behind others are darkened, which shows depth; true unless told. */
  readonly shaded?: boolean;
  /** What the picture shows, for screen readers: "16,057 atoms, coloured by structure type". */
  readonly label: string;
  /** A click on an atom gives its row; a click beside all of them null. */
  readonly onPick?: (row: number | null) => void;
  /** Lines over the atoms, between points of the scene. */
  readonly chains?: readonly Chain[];
  /** For a canvas out of sight, which draws nothing of its own: called with what pictures would be taken of. */
  readonly onStaged?: (staged: Staged) => void;
  /** The camera moved, or the view has another size: `project()` now gives something else. Called often, so be quick. */
  readonly onCamera?: () => void;
  /** Called once, with a sentence for the reader, where the browser cannot draw. */
  readonly onUnavailable?: (message: string) => void;
  readonly ref?: Ref<AtomsHandle>;
}

/**
 * Whole pixels: a canvas that is a fraction of one wider than its buffer is stretched, which blurs it. Where `round` is
 * unknown, the insets hold.
 */
const WHOLE_PIXELS = {
  position: 'absolute',
  inset: 0,
  width: 'round(down, 100%, 1px)',
  height: 'round(down, 100%, 1px)',
  overflow: 'hidden',
} as const;

const NOTICE = {
  position: 'absolute',
  inset: 'auto 0',
  top: '40%',
  margin: 0,
  padding: 16,
  textAlign: 'center',
} as const;

const NO_CHAINS: readonly Chain[] = [];
const NOTHING = () => {};

/** All atoms of a model, filling its parent. Draws only when something changed. */
export function AtomsCanvas({ perspective = false, ...props }: AtomsCanvasProps) {
  const [generation, setGeneration] = useState(0);
  const before = useRef<CameraRig>(null);
  return (
    <Picture
      key={`${generation} ${perspective}`}
      before={before}
      perspective={perspective}
      onContextGone={() => setGeneration(generation + 1)}
      {...props}
    />
  );
}

type PictureProps = AtomsCanvasProps & {
  readonly perspective: boolean;
  /** The camera of the picture before this one, whose view goes on. */
  readonly before: RefObject<CameraRig | null>;
  readonly onContextGone: () => void;
};

function Picture({
  scene,
  theme,
  perspective,
  shaded = true,
  label,
  onPick,
  chains = NO_CHAINS,
  onStaged,
  onCamera = NOTHING,
  onUnavailable,
  onContextGone,
  before,
  ref,
}: PictureProps) {
  const overlay = useRef<HTMLCanvasElement>(null);
  const view = useRef<ViewHandle>(null);
  const extent = useExtent(scene);
  const [lost, setLost] = useState(false);
  const [rig] = useState(() => new CameraRig(perspective, before.current));
  useLayoutEffect(() => {
    before.current = rig;
  }, [before, rig]);
  useLayoutEffect(() => {
    rig.onCamera = onCamera;
  }, [rig, onCamera]);
  const radius = scene?.radius ?? 1;
  useLayoutEffect(() => {
    if (extent) rig.show(extent, radius);
  }, [rig, extent, radius]);
  const [createRenderer] = useState(() => rendererFor(rig, () => onUnavailable?.(UNAVAILABLE)));

  useImperativeHandle(
    ref,
    () => ({
      frameAll: () => rig.frameAll(),
      viewAlong: (direction) => rig.viewAlong(direction),
      capturePng: (scale = 2) =>
        view.current?.capturePng(scale) ?? Promise.reject(new Error('there is no picture yet')),
      captureAtoms: async (from, shot, sink) => {
        if (!view.current) throw new Error('there is no picture yet');
        rig.jump(typeof from === 'object' && 'target' in from ? from : rig.framedAlong(from));
        const { pose } = rig;
        await view.current.captureAtoms(shot, sink);
        return pose;
      },
      camera: () => rig.pose,
      setCamera: (pose) => rig.flyTo(pose),
      project: () => projectionOf(rig, perspective),
    }),
    [rig, perspective],
  );
  const clicked = useCallback(
    (x: number, y: number) => {
      if (view.current) onPick?.(view.current.pick(x, y));
    },
    [onPick],
  );

  return (
    <div style={{ position: 'relative', width: '100%', height: '100%' }}>
      <div style={WHOLE_PIXELS}>
        <Canvas
          frameloop="demand"
          orthographic={!perspective}
          flat
          dpr={[1, FULL_RATIO]}
          gl={createRenderer}
          onCreated={({ gl }) => watchContext(gl.domElement, setLost, onContextGone)}
        >
          {scene && extent && (
            <View {...{ scene, extent, theme, rig, perspective, shaded, overlay, chains, onStaged }} ref={view} />
          )}
        </Canvas>
        <canvas
          ref={overlay}
          style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none' }}
        />
        {scene && <Controls rig={rig} label={label} onClick={clicked} />}
        {lost && (
          <p role="status" style={{ ...NOTICE, color: theme.text, background: theme.background }}>
            The browser took the graphics card away. The picture comes back with it.
          </p>
        )}
      </div>
    </div>
  );
}

/** three.js and the painter rebuild everything once the context is back; `onGone` is for when it never comes back. */
function watchContext(canvas: HTMLCanvasElement, onLost: (lost: boolean) => void, onGone: () => void): void {
  let timer: ReturnType<typeof setTimeout>;
  canvas.addEventListener('webglcontextlost', () => {
    onLost(true);
    timer = setTimeout(() => canvas.isConnected && onGone(), PATIENCE_MS);
  });
  canvas.addEventListener('webglcontextrestored', () => {
    onLost(false);
    clearTimeout(timer);
  });
}

/** Makes the renderer, once, on the canvas that is shown; where the browser cannot, it says so and gives none, ever. */
function rendererFor(rig: CameraRig, unavailable: () => void) {
  return ({ canvas: shown }: { readonly canvas: unknown }): Promise<WebGLRenderer> => {
    const canvas = shown as HTMLCanvasElement;
    // Pictures are drawn beside the canvas, which needs no depth then.
    const attributes = { antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' } as const;
    const context = canvas.getContext('webgl2', attributes) as WebGL2RenderingContext | null;
    if (!context) {
      unavailable();
      return new Promise(() => {});
    }
    // Now, when the page waits for the GPU anyway: later it would wait for what that has to do then.
    const largest = (context.getParameter(context.ALIASED_POINT_SIZE_RANGE) as Float32Array)[1]!;
    rig.maxPointSize = largest / FULL_RATIO;
    const askForExtensions = () => EXTENSIONS.forEach((name) => void context.getExtension(name));
    askForExtensions();
    canvas.addEventListener('webglcontextrestored', askForExtensions);
    const renderer = new WebGLRenderer({ canvas, context, ...attributes });
    // Asking for errors waits for the compiler.
    renderer.debug.checkShaderErrors = import.meta.env.DEV;
    return Promise.resolve(renderer);
  };
}
