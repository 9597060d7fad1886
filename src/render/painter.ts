import type { Camera, Scene, WebGLRenderer } from 'three';
import type { ShadedView } from './ambientOcclusion.ts';
import { AtomLayers } from './atomLayers.ts';
import { sameAtoms } from './depthOrder.ts';
import type { Extent } from './geometry.ts';
import { GpuTurn } from './gpuTurn.ts';
import { drawLargePicture, type LargePicture } from './largePicture.ts';
import { type Frame, MotionResolution } from './motionResolution.ts';
import { OcclusionCulling } from './occlusionCulling.ts';
import { type DrawnView, PictureDrawing } from './pictureDrawing.ts';
import { PictureFrame } from './pictureFrame.ts';
import { FULL_RATIO, PictureTarget } from './pictureTarget.ts';
import type { CameraRig } from './rig.ts';
import { DARK_SCENE, type SceneTheme } from './scene.ts';

/** What is drawn besides the atoms, and where. */
export interface Stage {
  readonly renderer: WebGLRenderer;
  /** Rings and the cell box. */
  readonly scene: Scene;
  readonly camera: Camera;
  readonly rig: CameraRig;
}

/** Of the last whole and sharp picture. */
export interface SharpPicture {
  /** From the change that asked for it to the GPU being done, ms. */
  readonly milliseconds: number;
  readonly atoms: number;
}

/** What is asked of a picture of any size, in its own pixels. */
export interface PictureOrder {
  readonly width: number;
  readonly height: number;
  /** Pixels in one CSS pixel: the measure of rings and lines. */
  readonly scale: number;
  readonly theme: SceneTheme;
  readonly background: string | null;
  readonly onTile: LargePicture['onTile'];
}

/** Pixels for a CSS pixel from which edges need no smoothing: some 400 an inch. */
const FINE = 4;

/** A picture that is being drawn beside the canvas. */
interface UnderWay {
  readonly turns: Generator<boolean, void, number>;
  /** A tile is begun and not finished. */
  withinTile: boolean;
  /** What its last turn took, ms. */
  took: number;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Puts pictures of one model on the canvas, when asked and as well as the machine allows. In each turn of the GPU it does
 * one thing: hand over a slice of data, draw a coarse picture, draw a part of the sharp one beside the canvas, or, when
 * there is nothing else to do, a part of a picture of any size that is to be kept.
 */
export class Painter {
  readonly layers: AtomLayers;
  readonly #stage: Stage;
  readonly #turn: GpuTurn;
  readonly #resolution: MotionResolution;
  readonly #target = new PictureTarget();
  readonly #culling = new OcclusionCulling();
  readonly #drawing: PictureDrawing;
  #theme = DARK_SCENE;
  #atomRadius = 1;
  #shading = 1;
  #compiled = false;
  #asked = false;
  #changedAt = 0;
  #underWay: UnderWay | null = null;
  /** A picture is on the canvas: of one in so many atoms. */
  onShown: (oneIn: number) => void = () => {};
  /** The GPU has finished a whole and sharp picture. */
  onSharp: (picture: SharpPicture) => void = () => {};

  constructor(stage: Stage, positions: Float32Array, extent: Extent, perspective: boolean) {
    const context = stage.renderer.getContext() as WebGL2RenderingContext;
    this.#stage = stage;
    this.#turn = new GpuTurn(context);
    this.#resolution = new MotionResolution(() => this.#next());
    const frame = new PictureFrame();
    const shared = { ...this.#culling.uniforms, ...frame.uniforms };
    this.layers = new AtomLayers(context, positions, extent.radius, perspective, shared, () => this.#next());
    this.#drawing = new PictureDrawing(stage, this.layers, frame, this.#culling, perspective);
  }

  /** For shaders of what else is drawn. */
  get frame(): PictureFrame {
    return this.#drawing.frame;
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
  }

  setAtomRadius(radius: number): void {
    this.#atomRadius = radius;
    this.layers.setRadius(radius);
  }

  /** How much hollows between atoms, and what lies behind others, are darkened: 0 to 1. */
  setShading(strength: number): void {
    this.#resolution.shades = strength > 0;
    this.#shading = strength;
  }

  /** Draw, now or as soon as the GPU has time. */
  draw(): void {
    this.#asked = true;
    this.#next();
  }

  /** Something other than the camera is no longer as it was: a picture under way would be of both. */
  sceneChanged(): void {
    this.#giveUp('What is shown was changed while the picture was drawn. Ask for it again.');
  }

  contextLost(): void {
    this.#giveUp('The browser took the graphics card away while the picture was drawn. Ask for it again.');
  }

  /** The context was lost and is back. */
  renew(): void {
    this.#turn.forget();
    this.#compiled = false;
    this.layers.renew();
  }

  /** Draw a picture of any size beside the canvas, seen as now; settles when all of its tiles are handed over. */
  picture(order: PictureOrder): Promise<void> {
    if (this.#underWay) return Promise.reject(new Error('Another picture is being drawn: wait until it is there.'));
    return new Promise((resolve, reject) => {
      this.layers.follow(this.#placed());
      const turns = this.#largePicture(order);
      this.#underWay = { turns, withinTile: false, took: 0, resolve, reject };
      this.#next();
    });
  }

  dispose(): void {
    this.#giveUp('The model was put away while the picture was drawn.');
    this.#turn.forget();
    this.#resolution.dispose();
    this.layers.dispose();
    this.#target.dispose();
    this.#culling.dispose();
    this.#drawing.dispose();
  }

  /** The next thing for the GPU to do, if it is free. */
  readonly #next = () => {
    if (this.#turn.busy) return;
    const { rig } = this.#stage;
    if (this.#compile() || this.layers.sendNeeded()) return this.#turn.end(this.#next);
    if (this.#asked) this.layers.follow(this.#placed());
    const { unfinished } = this.#resolution;
    // A whole picture waits for the order that spares it most, and that order for nothing but a picture begun.
    const waits = !this.layers.ready || (!this.#asked && (!unfinished || this.layers.sorting));
    const sent = (waits || !unfinished) && !this.#underWay?.withinTile && this.#sendOrder();
    if (waits) {
      if (sent) this.#turn.end(this.#next);
      else this.#goOnBesideCanvas();
      return;
    }
    this.#asked = false;
    const changed = rig.takeChange();
    if (changed) this.#changedAt = performance.now();
    const frame = this.#resolution.next(changed, this.layers.pictureOf(true).oneIn);
    const view = this.#screenView(frame);
    this.#drawAtoms(frame, view);
    const whole = frame.part.index === frame.part.count - 1;
    // In a slow picture shading has turns of its own: a hand that moves meanwhile does not wait for it.
    const shadeLater = frame.shaded && frame.part.count > 1;
    if (whole && !shadeLater) {
      if (frame.shaded) this.#drawing.shade(this.#target, view);
      this.#finish(frame, view);
    }
    this.#turn.end((took) => {
      if (shadeLater) this.#shade(frame, view, this.#drawing.shadeInSteps(this.#target, view), took);
      else this.#finished(frame, took);
    });
  };

  /** Shade a picture that holds all its atoms, a little in each turn, and show it; given up when it changes. */
  #shade(frame: Frame, view: DrawnView, steps: Generator<void, void>, spent: number): void {
    if (this.#stage.rig.changed) {
      this.#next();
      return;
    }
    this.#drawing.prepare(view, this.#theme);
    if (steps.next().done) {
      this.#finish(frame, view);
      this.#turn.end((took) => this.#finished(frame, spent + took));
    } else {
      this.#turn.end((took) => this.#shade(frame, view, steps, spent + took));
    }
  }

  #finished(frame: Frame, took: number): void {
    this.#resolution.finished(frame, took);
    if (isSharp(frame)) {
      const { atoms } = this.layers.pictureOf(false);
      this.onSharp({ milliseconds: performance.now() - this.#changedAt, atoms });
    }
    this.#next();
  }

  /** Have the shaders made ready, once; false where that is done. */
  #compile(): boolean {
    if (this.#compiled) return false;
    this.#drawing.compile(this.#target, this.#stage.camera);
    this.#compiled = true;
    return true;
  }

  /** Hand over a slice of a better order; with the last one other atoms may come in sight. */
  #sendOrder(): boolean {
    const before = this.layers.shows;
    const sent = this.layers.sendOrder();
    const { shows } = this.layers;
    if (before && shows && !sameAtoms(before, shows)) this.#stage.rig.touch();
    return sent;
  }

  /** The camera, where one looks from now. */
  #placed(): Camera {
    const { rig, camera } = this.#stage;
    rig.place(camera);
    return camera;
  }

  #seen(camera: Camera): ShadedView {
    const { pose } = this.#stage.rig;
    return { camera, viewHeight: pose.height, atomRadius: this.#atomRadius, strength: this.#shading };
  }

  #screenView({ share, oneIn }: Frame): DrawnView {
    const { rig } = this.#stage;
    const ratio = FULL_RATIO * share;
    const width = Math.max(1, Math.round(rig.size.width * ratio));
    const height = Math.max(1, Math.round(rig.size.height * ratio));
    const window = { x: 0, y: 0, width, height };
    return { ...this.#seen(this.#placed()), width, height, ratio, window, oneIn };
  }

  #drawAtoms({ part: { index, count } }: Frame, view: DrawnView): void {
    this.#drawing.prepare(view, this.#theme);
    if (index === 0) this.#drawing.clear(this.#target, view, this.#theme.background);
    this.#drawing.atoms(this.#target, view, index / count, (index + 1) / count);
  }

  /** Draw what lies over the atoms, and show the picture. */
  #finish({ oneIn }: Frame, view: DrawnView): void {
    this.#drawing.over(this.#target, view);
    this.#target.show(this.#stage.renderer);
    this.onShown(oneIn);
  }

  /** Spend a turn on the picture that is drawn beside the canvas, where there is one and it can go on. */
  #goOnBesideCanvas(): void {
    const picture = this.#underWay;
    if (!picture || !this.layers.ready || (this.layers.sorting && !picture.withinTile)) return;
    try {
      const step = picture.turns.next(picture.took);
      if (step.done) {
        this.#underWay = null;
        picture.resolve();
        return;
      }
      picture.withinTile = step.value;
    } catch (error) {
      this.#underWay = null;
      picture.reject(error as Error);
      return;
    }
    this.#turn.end((took) => {
      picture.took = took;
      this.#next();
    });
  }

  #largePicture({ width, height, scale, theme, background, onTile }: PictureOrder) {
    const { renderer, rig } = this.#stage;
    const samples = scale < FINE ? 2 : 1;
    const view = {
      // Where it is now: it may move on meanwhile.
      ...this.#seen(this.#placed().clone()),
      width: samples * width,
      height: samples * height,
      ratio: samples * scale,
      oneIn: 1,
    };
    const shaded = this.#resolution.shades;
    const context = renderer.getContext() as WebGL2RenderingContext;
    const limits = {
      target: Math.min(renderer.capabilities.maxTextureSize, context.getParameter(context.MAX_RENDERBUFFER_SIZE)),
      pointSize: Math.floor(rig.maxPointSize * FULL_RATIO),
    };
    const seen = background === null ? theme : { ...theme, background };
    const picture = { view, samples, theme: seen, background, shaded, onTile } as const;
    return drawLargePicture(renderer, this.#drawing, picture, limits);
  }

  #giveUp(reason: string): void {
    const picture = this.#underWay;
    if (!picture) return;
    this.#underWay = null;
    picture.turns.return();
    picture.reject(new Error(reason));
  }
}

function isSharp({ share, part: { index, count }, oneIn }: Frame): boolean {
  return share === 1 && oneIn === 1 && index === count - 1;
}
