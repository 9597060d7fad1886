import {
  type Camera,
  type ColorRepresentation,
  DepthTexture,
  NearestFilter,
  type Scene,
  SRGBColorSpace,
  type Texture,
  UnsignedIntType,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';

/**
 * Pixels of a whole picture for one CSS pixel. Two smooth every edge on any screen, where spheres meet too, which
 * multisampling would not; and the same knob, turned down, keeps a slow machine steerable.
 */
export const FULL_RATIO = 2;

interface FramebufferSetter {
  setRenderTargetFramebuffer(target: WebGLRenderTarget, framebuffer: WebGLFramebuffer): void;
}

/** The framebuffer that holds nothing but the colours. */
interface Attached {
  readonly texture: WebGLTexture;
  readonly framebuffer: WebGLFramebuffer;
  readonly context: WebGL2RenderingContext;
}

/**
 * Holds a picture beside the canvas, with fewer or more pixels, and may be drawn part by part. Resizing the canvas itself
 * would make the page wait for everything the GPU has not finished; drawing into the corner of a target does not.
 */
export class PictureTarget {
  readonly #target: WebGLRenderTarget;
  #width = 1;
  #height = 1;
  readonly #colourOnly = new WebGLRenderTarget(1, 1, { depthBuffer: false });
  #attached: Attached | null = null;

  constructor() {
    const depthTexture = new DepthTexture(1, 1, UnsignedIntType);
    depthTexture.minFilter = NearestFilter;
    depthTexture.magFilter = NearestFilter;
    // The shaders write sRGB: stored as it is, or the GPU would encode it a second time.
    const target = new WebGLRenderTarget(1, 1, { colorSpace: SRGBColorSpace, internalFormat: 'RGBA8', depthTexture });
    // Makes three write the colours that it would write to the canvas, instead of linear ones.
    (target as WebGLRenderTarget & { isXRRenderTarget: boolean }).isXRRenderTarget = true;
    this.#target = target;
  }

  /** Of the picture, in pixels. */
  get width(): number {
    return this.#width;
  }
  get height(): number {
    return this.#height;
  }

  get colours(): Texture {
    return this.#target.texture;
  }

  /** Depths of what is drawn; the picture fills the lower left corner. */
  get depth(): DepthTexture {
    return this.#target.depthTexture!;
  }

  /** Begin a picture of `width` x `height` pixels; without a background it is transparent. */
  clear(renderer: WebGLRenderer, width: number, height: number, background: ColorRepresentation | null): void {
    const target = this.#target;
    // Never smaller: the next picture is likely to need the room again.
    target.setSize(Math.max(target.width, width), Math.max(target.height, height));
    this.#width = width;
    this.#height = height;
    target.viewport.set(0, 0, width, height);
    renderer.setRenderTarget(target);
    renderer.setClearColor(background ?? 0x000000, background === null ? 0 : 1);
    renderer.clear();
    renderer.setRenderTarget(null);
  }

  /** Have the shaders of a scene made ready to draw it here: the GPU then has them when the page asks. */
  compile(renderer: WebGLRenderer, scene: Scene, camera: Camera): void {
    renderer.setRenderTarget(this.#target);
    renderer.compile(scene, camera);
    renderer.setRenderTarget(null);
  }

  /** Draw over what is there, depth included. */
  draw(renderer: WebGLRenderer, scene: Scene, camera: Camera): void {
    renderer.setRenderTarget(this.#target);
    renderer.autoClear = false;
    renderer.render(scene, camera);
    renderer.autoClear = true;
    renderer.setRenderTarget(null);
  }

  /** Stretch the picture over the canvas. */
  show(renderer: WebGLRenderer): void {
    const context = renderer.getContext() as WebGL2RenderingContext;
    const { __webglFramebuffer: drawn } = renderer.properties.get(this.#target) as {
      __webglFramebuffer: WebGLFramebuffer;
    };
    renderer.state.bindFramebuffer(context.READ_FRAMEBUFFER, drawn);
    renderer.state.bindFramebuffer(context.DRAW_FRAMEBUFFER, null);
    const { width: w, height: h } = renderer.domElement;
    context.blitFramebuffer(0, 0, this.#width, this.#height, 0, 0, w, h, context.COLOR_BUFFER_BIT, context.LINEAR);
    renderer.state.bindFramebuffer(context.READ_FRAMEBUFFER, null);
  }

  /** The colours alone, to be drawn over: depths can be looked at meanwhile, as they cannot while they are attached. */
  colourOnly(renderer: WebGLRenderer): WebGLRenderTarget {
    const context = renderer.getContext() as WebGL2RenderingContext;
    const target = this.#colourOnly;
    const { __webglTexture: texture } = renderer.properties.get(this.#target.texture) as {
      __webglTexture: WebGLTexture;
    };
    if (texture !== this.#attached?.texture) {
      if (this.#attached) context.deleteFramebuffer(this.#attached.framebuffer);
      const framebuffer = context.createFramebuffer();
      renderer.state.bindFramebuffer(context.FRAMEBUFFER, framebuffer);
      context.framebufferTexture2D(context.FRAMEBUFFER, context.COLOR_ATTACHMENT0, context.TEXTURE_2D, texture, 0);
      // There for frameworks that draw into framebuffers of their own, as this is; the types leave it out.
      const { setRenderTargetFramebuffer } = renderer as WebGLRenderer & FramebufferSetter;
      setRenderTargetFramebuffer(target, framebuffer);
      this.#attached = { texture, framebuffer, context };
    }
    target.viewport.set(0, 0, this.#width, this.#height);
    return target;
  }

  dispose(): void {
    this.#target.depthTexture!.dispose();
    this.#target.dispose();
    this.#attached?.context.deleteFramebuffer(this.#attached.framebuffer);
  }
}
