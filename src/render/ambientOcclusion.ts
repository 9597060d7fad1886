import {
  type Camera,
  CustomBlending,
  NearestFilter,
  OneFactor,
  PerspectiveCamera,
  SrcColorFactor,
  type Texture,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
  ZeroFactor,
} from 'three';
import { FullScreenPass } from './fullScreenPass.ts';
import type { PictureFrame } from './pictureFrame.ts';
import type { PictureTarget } from './pictureTarget.ts';
import {
  OCCLUSION_FRAGMENT,
  OCCLUSION_LOOKS,
  SHADE_FRAGMENT,
  SHADE_LOOKS,
  SMOOTH_FRAGMENT,
  SMOOTH_LOOKS,
} from './shaders/ambientOcclusion.ts';

/** Radii of the two spheres in which matter darkens a point, in radii of an atom: neighbours that touch, and gaps. */
const NEAR = 2.2;
const WIDE = 9;
/** ... and the least of the wide one, in heights of the picture: seen from afar, sheets and gaps are what is to be read. */
const WIDE_LEAST = 0.06;
const STRENGTHS = [0.75, 0.8] as const;
/** ... and the most either may take, in heights of the picture: so far do tiles overlap. */
const MOST = 0.1;
/** The outline on what lies behind a nearer edge: its width in CSS pixels, and the steps that have one, in atom radii. */
const OUTLINE_PIXELS = 1.4;
const OUTLINE_STEP = [3, 9] as const;
const OUTLINE_STRENGTH = 0.55;
/** Depths that differ by so many atom radii belong to different surfaces. */
const SAME_SURFACE = 0.6;
/** Pixels by which smoothing reaches beyond the spheres. */
const SMOOTHING = 8;

/** What of a view the shading depends on. */
export interface ShadedView {
  readonly camera: Camera;
  /** Å from top to bottom of the whole picture, at the depth of the target. */
  readonly viewHeight: number;
  /** Drawing radius of the atoms, Å. */
  readonly atomRadius: number;
  /** How dark it gets, 1 at most. */
  readonly strength: number;
}

/**
 * Depth that one sees: hollows between atoms are darker than hills, sheets that lie behind others have their shadow at
 * the edge. A step of its own over colour and depth of the atoms, before rings and cell box are drawn: these stay as they
 * are, and so does the background.
 */
export class AmbientOcclusion {
  readonly #rough = halfTarget();
  readonly #smooth = halfTarget();
  readonly #occlusion;
  readonly #smoothing;
  readonly #shading;
  readonly #own = {
    planes: { value: new Vector2() },
    depths: { value: null as Texture | null },
    roughSize: { value: new Vector2() },
    sameSurface: { value: 1 },
    pixelsPerAngstrom: { value: 1 },
    radii: { value: new Vector2() },
    mostPixels: { value: 1 },
    strengths: { value: new Vector2() },
    outlinePixels: { value: 1 },
    outlineStep: { value: new Vector2() },
    outlineStrength: { value: OUTLINE_STRENGTH },
  };
  readonly #frame: PictureFrame;

  constructor(frame: PictureFrame, perspective: boolean) {
    this.#frame = frame;
    const defines = perspective ? { PERSPECTIVE: '' } : {};
    const { windowFrom, pictureSize } = frame.uniforms;
    this.#occlusion = new FullScreenPass(OCCLUSION_FRAGMENT, { ...this.#own, windowFrom, pictureSize }, { defines });
    this.#smoothing = new FullScreenPass(
      SMOOTH_FRAGMENT,
      { ...this.#own, rough: { value: this.#rough.texture } },
      { defines },
    );
    // Multiplies what is there; alpha stays.
    const multiply = {
      blending: CustomBlending,
      blendSrc: ZeroFactor,
      blendDst: SrcColorFactor,
      blendSrcAlpha: ZeroFactor,
      blendDstAlpha: OneFactor,
    } as const;
    this.#shading = new FullScreenPass(
      SHADE_FRAGMENT,
      { ...this.#own, smoothed: { value: this.#smooth.texture } },
      { defines, ...multiply },
    );
  }

  compile(renderer: WebGLRenderer): void {
    for (const pass of [this.#occlusion, this.#smoothing, this.#shading]) pass.compile(renderer, this.#rough);
  }

  /**
   * Shade the atoms in a picture, of the frame that is set whenever this goes on: a band of it in each step.
   * @param bandWork Texels looked at in a step; a card that takes long is not to keep the page waiting.
   */
  *shade(renderer: WebGLRenderer, picture: PictureTarget, view: ShadedView, bandWork: number): Generator<void, void> {
    this.#prepare(picture, view);
    const passes = [
      { pass: this.#occlusion, target: this.#rough, looks: OCCLUSION_LOOKS },
      { pass: this.#smoothing, target: this.#smooth, looks: SMOOTH_LOOKS },
      { pass: this.#shading, target: picture.colourOnly(renderer), looks: SHADE_LOOKS },
    ];
    for (const { pass, target, looks } of passes) {
      const { z: across, w: down } = target.viewport;
      const rows = Math.max(1, Math.floor(bandWork / (across * looks)));
      for (let from = 0; from < down; from += rows) {
        pass.draw(renderer, target, from, Math.min(down, from + rows));
        yield;
      }
    }
  }

  dispose(): void {
    for (const target of [this.#rough, this.#smooth]) target.dispose();
    for (const pass of [this.#occlusion, this.#smoothing, this.#shading]) pass.dispose();
  }

  #prepare(picture: PictureTarget, { camera, viewHeight, atomRadius, strength }: ShadedView): void {
    const own = this.#own;
    const { pictureSize, pixelRatio } = this.#frame.uniforms;
    const { near, far, perAngstrom } = lensOf(camera, pictureSize.value.y, viewHeight);
    own.depths.value = picture.depth;
    own.planes.value.set(near, far);
    own.pixelsPerAngstrom.value = perAngstrom;
    own.radii.value.set(NEAR * atomRadius, wideRadius(atomRadius, viewHeight));
    own.mostPixels.value = MOST * pictureSize.value.y;
    own.strengths.value.set(...STRENGTHS).multiplyScalar(strength);
    own.sameSurface.value = SAME_SURFACE * atomRadius;
    own.outlinePixels.value = OUTLINE_PIXELS * pixelRatio.value;
    own.outlineStep.value.set(OUTLINE_STEP[0] * atomRadius, OUTLINE_STEP[1] * atomRadius);
    const across = Math.ceil(picture.width / 2);
    const down = Math.ceil(picture.height / 2);
    own.roughSize.value.set(across, down);
    for (const target of [this.#rough, this.#smooth]) {
      // Never smaller: the next picture is likely to need the room again.
      target.setSize(Math.max(target.width, across), Math.max(target.height, down));
      target.viewport.set(0, 0, across, down);
    }
  }
}

/** How far beyond a pixel its shading looks, in pixels of a picture of this height: so far must tiles overlap. */
export function shadingReach(view: ShadedView, pictureHeight: number, pixelRatio: number): number {
  const { near, perAngstrom } = lensOf(view.camera, pictureHeight, view.viewHeight);
  const nearest = view.camera instanceof PerspectiveCamera ? perAngstrom / near : perAngstrom;
  const sphere = Math.min(MOST * pictureHeight, wideRadius(view.atomRadius, view.viewHeight) * nearest);
  return Math.ceil(Math.max(sphere, OUTLINE_PIXELS * pixelRatio)) + SMOOTHING;
}

/** Å. */
function wideRadius(atomRadius: number, viewHeight: number): number {
  return Math.max(WIDE * atomRadius, WIDE_LEAST * viewHeight);
}

/** Planes of a camera, and pixels of 1 Å; in perspective at a distance of 1 Å. */
function lensOf(camera: Camera, pictureHeight: number, viewHeight: number) {
  const { near, far } = camera as PerspectiveCamera;
  const perAngstrom =
    camera instanceof PerspectiveCamera
      ? (0.5 * pictureHeight) / Math.tan((0.5 * camera.fov * Math.PI) / 180)
      : pictureHeight / viewHeight;
  return { near, far, perAngstrom };
}

function halfTarget(): WebGLRenderTarget {
  return new WebGLRenderTarget(1, 1, { depthBuffer: false, minFilter: NearestFilter, magFilter: NearestFilter });
}
