import type { Camera, Scene, WebGLRenderer } from 'three';
import { AtomLayers } from './atomLayers.ts';
import { sameAtoms } from './depthOrder.ts';
import type { Extent } from './geometry.ts';
import { GpuTurn } from './gpuTurn.ts';
import { type Frame, MotionResolution } from './motionResolution.ts';
import { Occlusion } from './occlusion.ts';
import { FULL_RATIO, PictureTarget } from './pictureTarget.ts';
import type { CameraRig } from './rig.ts';
import { DARK_SCENE, type SceneTheme } from './scene.ts';

/** A picture of many atoms is drawn in so many passes: each spares those to come what it hides. */
const PASSES = 16;
/** ... where there are more than so many atoms a pass. */
const ATOMS_A_PASS = 8192;

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

/**
 * Puts pictures of one model on the canvas, when asked and as well as the machine allows. In each turn of the GPU it does
 * one thing: hand over a slice of data, draw a coarse picture, or draw a part of the sharp one beside the canvas.
 */
export class Painter {
  readonly layers: AtomLayers;
  readonly #stage: Stage;
  readonly #turn: GpuTurn;
  readonly #resolution: MotionResolution;
  readonly #target = new PictureTarget();
  readonly #occlusion = new Occlusion();
  #background: string = DARK_SCENE.background;
  #atomRadius = 1;
  #compiled = false;
  #asked = false;
  #changedAt = 0;
  /** A picture is on the canvas: of one in so many atoms. */
  onShown: (oneIn: number) => void = () => {};
  /** The GPU has finished a whole and sharp picture. */
  onSharp: (picture: SharpPicture) => void = () => {};

  constructor(stage: Stage, positions: Float32Array, extent: Extent, perspective: boolean) {
    const context = stage.renderer.getContext() as WebGL2RenderingContext;
    this.#stage = stage;
    this.#turn = new GpuTurn(context);
    this.#resolution = new MotionResolution(() => this.#next());
    this.layers = new AtomLayers(context, positions, extent.radius, perspective, this.#occlusion, () => this.#next());
  }

  setTheme(theme: SceneTheme): void {
    this.#background = theme.background;
    this.layers.setTheme(theme);
  }

  setAtomRadius(radius: number): void {
    this.#atomRadius = radius;
    this.layers.setRadius(radius);
  }

  /** Draw, now or as soon as the GPU has time. */
  draw(): void {
    this.#asked = true;
    this.#next();
  }

  /** The context was lost and is back. */
  renew(): void {
    this.#turn.forget();
    this.#compiled = false;
    this.layers.renew();
  }

  /** The sharp picture at `ratio` pixels for each CSS pixel, read back; without a background where `transparent`. */
  async capture(ratio: number, transparent = false): Promise<ImageData> {
    const { renderer } = this.#stage;
    const picture = new PictureTarget();
    const { width, height } = this.#prepare(ratio, 1);
    picture.clear(renderer, width, height, this.#background, transparent ? 0 : 1);
    this.#drawAtoms(picture, 1, 0, 1);
    picture.draw(renderer, this.#stage.scene, this.#stage.camera);
    return picture.read(renderer).finally(() => picture.dispose());
  }

  dispose(): void {
    this.#turn.forget();
    this.#resolution.dispose();
    this.layers.dispose();
    this.#target.dispose();
    this.#occlusion.dispose();
  }

  /** The next thing for the GPU to do, if it is free. */
  readonly #next = () => {
    if (this.#turn.busy) return;
    const { rig, camera } = this.#stage;
    if (this.#compile() || this.layers.sendNeeded()) return this.#turn.end(this.#next);
    if (this.#asked) {
      rig.place(camera);
      this.layers.follow(camera);
    }
    const { unfinished } = this.#resolution;
    // A whole picture waits for the order that spares it most, and that order for nothing but a picture begun.
    const waits = !this.layers.ready || (!this.#asked && (!unfinished || this.layers.sorting));
    const sent = (waits || !unfinished) && this.#sendOrder();
    if (waits) {
      if (sent) this.#turn.end(this.#next);
      return;
    }
    this.#asked = false;
    const changed = rig.takeChange();
    if (changed) this.#changedAt = performance.now();
    const frame = this.#resolution.next(changed, this.layers.pictureOf(true).oneIn);
    this.#draw(frame);
    this.#turn.end((took) => {
      this.#resolution.finished(frame, took);
      if (isSharp(frame)) {
        const { atoms } = this.layers.pictureOf(false);
        this.onSharp({ milliseconds: performance.now() - this.#changedAt, atoms });
      }
      this.#next();
    });
  };

  /** Have the shaders made ready, once; false where that is done. */
  #compile(): boolean {
    if (this.#compiled) return false;
    const { renderer, scene, camera } = this.#stage;
    for (const drawn of [this.layers.atoms, scene]) this.#target.compile(renderer, drawn, camera);
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

  /** Draw a frame, and show it once it is a whole picture. */
  #draw({ share, part: { index, count }, oneIn }: Frame): void {
    const { renderer, scene, camera } = this.#stage;
    const { width, height } = this.#prepare(FULL_RATIO * share, oneIn);
    if (index === 0) this.#target.clear(renderer, width, height, this.#background);
    this.#drawAtoms(this.#target, oneIn, index / count, (index + 1) / count);
    if (index < count - 1) return;
    this.#target.draw(renderer, scene, camera);
    this.#target.show(renderer);
    this.onShown(oneIn);
  }

  /** @returns Size of a picture with `ratio` pixels for each CSS pixel. */
  #prepare(ratio: number, oneIn: number): { readonly width: number; readonly height: number } {
    const { camera, rig } = this.#stage;
    const width = Math.max(1, Math.round(rig.size.width * ratio));
    const height = Math.max(1, Math.round(rig.size.height * ratio));
    rig.place(camera);
    this.layers.prepare(camera, width, height, ratio, oneIn);
    this.#occlusion.forget();
    return { width, height };
  }

  /** Draw the atoms between two fractions of all, the nearest first. */
  #drawAtoms(picture: PictureTarget, oneIn: number, from: number, to: number): void {
    const { renderer, camera, rig } = this.#stage;
    const { atoms } = this.layers.pictureOf(oneIn > 1);
    const diameter = (2 * this.#atomRadius * Math.cbrt(oneIn) * picture.height) / rig.pose.height;
    const passes = Math.max(1, Math.round((to - from) * Math.min(PASSES, atoms / ATOMS_A_PASS)));
    const at = (pass: number) => from + ((to - from) * pass) / passes;
    for (let pass = 0; pass < passes; pass++) {
      if (at(pass) > 0) this.#occlusion.renew(renderer, picture, diameter);
      this.layers.choose(atoms, at(pass), at(pass + 1));
      picture.draw(renderer, this.layers.atoms, camera);
    }
  }
}

function isSharp({ share, part: { index, count }, oneIn }: Frame): boolean {
  return share === 1 && oneIn === 1 && index === count - 1;
}
