import type { Camera, Scene, WebGLRenderer } from 'three';
import { AmbientOcclusion, type ShadedView } from './ambientOcclusion.ts';
import type { AtomLayers } from './atomLayers.ts';
import type { OcclusionCulling } from './occlusionCulling.ts';
import type { PictureFrame, PixelBox } from './pictureFrame.ts';
import type { PictureTarget } from './pictureTarget.ts';
import type { SceneTheme } from './scene.ts';

/** A picture of many atoms is drawn in so many passes: each spares those to come what it hides. */
const PASSES = 16;
/** ... where there are more than so many atoms a pass. */
const ATOMS_A_PASS = 8192;

/** Texels that shading looks at in a step: some 20 ms where the processor has to draw. */
const STEP_WORK = 2 ** 20;

/** What a picture, or a window of it, is of. */
export interface DrawnView extends ShadedView {
  /** Of the whole picture, pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels in one CSS pixel. */
  readonly ratio: number;
  /** What of the picture the target holds. */
  readonly window: PixelBox;
  /** One in so many atoms. */
  readonly oneIn: number;
}

interface DrawnWith {
  readonly renderer: WebGLRenderer;
  /** Rings and the cell box. */
  readonly scene: Scene;
}

/** Draws atoms, their shading, and what lies over them, into targets of any size. One picture at a time. */
export class PictureDrawing {
  readonly frame: PictureFrame;
  readonly #layers: AtomLayers;
  readonly #renderer: WebGLRenderer;
  readonly #over: Scene;
  readonly #culling: OcclusionCulling;
  readonly #perspective: boolean;
  readonly #ambient: AmbientOcclusion;

  constructor(
    { renderer, scene }: DrawnWith,
    layers: AtomLayers,
    frame: PictureFrame,
    culling: OcclusionCulling,
    perspective: boolean,
  ) {
    this.#renderer = renderer;
    this.#over = scene;
    this.#layers = layers;
    this.frame = frame;
    this.#culling = culling;
    this.#perspective = perspective;
    this.#ambient = this.shadingBeside();
  }

  /** Have the shaders made ready, for pictures in such a target. */
  compile(target: PictureTarget, camera: Camera): void {
    for (const drawn of [this.#layers.atoms, this.#over]) target.compile(this.#renderer, drawn, camera);
    this.#ambient.compile(this.#renderer);
  }

  /** Before anything is drawn of a view, and again when another was drawn meanwhile. */
  prepare({ camera, width, height, ratio, window, oneIn }: DrawnView, theme: SceneTheme): void {
    this.frame.set(width, height, ratio, window);
    this.frame.setTheme(theme);
    this.#layers.setTheme(theme);
    this.#layers.prepare(camera, width, height, ratio, oneIn);
    this.#culling.forget();
  }

  /** Empty a target; null is transparent. */
  clear(target: PictureTarget, { window }: DrawnView, background: string | null): void {
    target.clear(this.#renderer, window.width, window.height, background);
  }

  /** Draw the atoms between two fractions of all, the nearest first, in blocks of the window where these are given. */
  atoms(target: PictureTarget, view: DrawnView, from: number, to: number, blocks: readonly PixelBox[] = [view.window]) {
    const { atoms } = this.#layers.pictureOf(view.oneIn > 1);
    const radius = view.atomRadius * Math.cbrt(view.oneIn);
    const diameter = (2 * radius * view.height) / view.viewHeight;
    const passes = Math.max(1, Math.round((to - from) * Math.min(PASSES, atoms / ATOMS_A_PASS)));
    const at = (pass: number) => from + ((to - from) * pass) / passes;
    for (let pass = 0; pass < passes; pass++) {
      if (at(pass) > 0) this.#culling.renew(this.#renderer, target, diameter);
      this.#layers.choose(atoms, at(pass), at(pass + 1));
      for (const block of blocks) {
        this.frame.setBlock(block);
        target.draw(this.#renderer, this.#layers.atoms, view.camera);
      }
    }
    this.frame.setBlock(view.window);
  }

  /** Shade the atoms, all at once. */
  shade(target: PictureTarget, view: DrawnView): void {
    for (const _ of this.#ambient.shade(this.#renderer, target, view, Infinity));
  }

  /**
   * Shade them in steps: `prepare` is to be called before each.
   * @param ambient Of its own where other pictures are shaded in between.
   */
  shadeInSteps(target: PictureTarget, view: DrawnView, ambient = this.#ambient): Generator<void, void> {
    return ambient.shade(this.#renderer, target, view, STEP_WORK);
  }

  /** Shading for a picture that is drawn while others are. */
  shadingBeside(): AmbientOcclusion {
    return new AmbientOcclusion(this.frame, this.#perspective);
  }

  /** Draw rings and the cell box: over the shading, which does not touch them. */
  over(target: PictureTarget, view: DrawnView, blocks: readonly PixelBox[] = [view.window]): void {
    for (const block of blocks) {
      this.frame.setBlock(block);
      target.draw(this.#renderer, this.#over, view.camera);
    }
    this.frame.setBlock(view.window);
  }

  dispose(): void {
    this.#ambient.dispose();
  }
}
