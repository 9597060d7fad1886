import {
  type DepthTexture,
  FloatType,
  NearestFilter,
  RedFormat,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { FullScreenPass } from './fullScreenPass.ts';
import type { PictureTarget } from './pictureTarget.ts';
import { FARTHEST_FRAGMENT } from './shaders/farthestDepths.ts';

/** Pixels along a tile; an atom spans a few tiles at most, or is not tested. */
const SMALLEST_TILE = 4;

/**
 * What the atoms drawn so far hide: the farthest depth in each tile of the picture. An atom that lies behind that, in
 * every tile it touches, cannot be seen, and is dropped before any of its pixels is looked at. In a dense crystal that
 * is nine in ten of those to come; the picture stays the same to the last bit.
 */
export class OcclusionCulling {
  /** For the shader of the atoms. `tilePixels` is 0 where nothing is known. */
  readonly uniforms = {
    tiles: { value: null as WebGLRenderTarget['texture'] | null },
    tileCount: { value: new Vector2() },
    tilePixels: { value: 0 },
  };
  readonly #target = new WebGLRenderTarget(1, 1, {
    format: RedFormat,
    type: FloatType,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    depthBuffer: false,
  });
  readonly #pass = new FullScreenPass(FARTHEST_FRAGMENT, {
    depth: { value: null as DepthTexture | null },
    pictureSize: { value: new Vector2() },
    tilePixels: { value: 1 },
  });

  /** A new picture: nothing is hidden yet. */
  forget(): void {
    this.uniforms.tilePixels.value = 0;
  }

  /**
   * Look at what is drawn so far.
   * @param atomPixels Diameter of an atom in the picture.
   */
  renew(renderer: WebGLRenderer, picture: PictureTarget, atomPixels: number): void {
    // Where it is missing, no such texture can be drawn into.
    if (!renderer.extensions.has('EXT_color_buffer_float')) return;
    const { width, height } = picture;
    const side = Math.max(SMALLEST_TILE, Math.ceil(atomPixels / 2));
    const across = Math.ceil(width / side);
    const down = Math.ceil(height / side);
    this.#target.setSize(Math.max(this.#target.width, across), Math.max(this.#target.height, down));
    this.#target.viewport.set(0, 0, across, down);
    const { depth, pictureSize, tilePixels } = this.#pass.uniforms;
    depth.value = picture.depth;
    pictureSize.value.set(width, height);
    tilePixels.value = side;
    this.#pass.draw(renderer, this.#target);
    this.uniforms.tiles.value = this.#target.texture;
    this.uniforms.tileCount.value.set(across, down);
    this.uniforms.tilePixels.value = side;
  }

  dispose(): void {
    this.#target.dispose();
    this.#pass.dispose();
  }
}
