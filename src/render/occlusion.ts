import {
  BufferAttribute,
  BufferGeometry,
  Camera,
  FloatType,
  GLSL3,
  Mesh,
  NearestFilter,
  RawShaderMaterial,
  RedFormat,
  Scene,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { PictureTarget } from './pictureTarget.ts';
import { TILES_FRAGMENT, TILES_VERTEX } from './shaders/tiles.ts';

/** Pixels along a tile; an atom spans a few tiles at most, or is not tested. */
const SMALLEST_TILE = 4;

/**
 * What the atoms drawn so far hide: the farthest depth in each tile of the picture. An atom that lies behind that, in
 * every tile it touches, cannot be seen, and is dropped before any of its pixels is looked at. In a dense crystal that
 * is nine in ten of those to come; the picture stays the same to the last bit.
 */
export class Occlusion {
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
  readonly #material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: TILES_VERTEX,
    fragmentShader: TILES_FRAGMENT,
    uniforms: { depth: { value: null }, pictureSize: { value: new Vector2() }, tilePixels: { value: 1 } },
    depthTest: false,
    depthWrite: false,
  });
  readonly #triangle = new BufferGeometry().setAttribute(
    'position',
    new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3),
  );
  readonly #scene = new Scene();
  readonly #camera = new Camera();

  constructor() {
    const mesh = new Mesh(this.#triangle, this.#material);
    mesh.frustumCulled = false;
    this.#scene.add(mesh);
  }

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
    const tilePixels = Math.max(SMALLEST_TILE, Math.ceil(atomPixels / 2));
    const across = Math.ceil(width / tilePixels);
    const down = Math.ceil(height / tilePixels);
    this.#target.setSize(Math.max(this.#target.width, across), Math.max(this.#target.height, down));
    this.#target.viewport.set(0, 0, across, down);
    const { depth, pictureSize, tilePixels: pixels } = this.#material.uniforms;
    depth!.value = picture.depth;
    pictureSize!.value.set(width, height);
    pixels!.value = tilePixels;
    renderer.setRenderTarget(this.#target);
    renderer.render(this.#scene, this.#camera);
    renderer.setRenderTarget(null);
    this.uniforms.tiles.value = this.#target.texture;
    this.uniforms.tileCount.value.set(across, down);
    this.uniforms.tilePixels.value = tilePixels;
  }

  dispose(): void {
    this.#target.dispose();
    this.#material.dispose();
    this.#triangle.dispose();
  }
}
