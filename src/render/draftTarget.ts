import { type Camera, type Scene, SRGBColorSpace, type WebGLRenderer, WebGLRenderTarget } from 'three';

/**
 * Draws with fewer pixels than the canvas has, and stretches the result over it. Resizing the canvas itself would make the
 * page wait for everything the GPU has not finished; drawing into a corner of a target of constant size does not.
 */
export class DraftTarget {
  readonly #target: WebGLRenderTarget;

  constructor() {
    const target = new WebGLRenderTarget(1, 1, { colorSpace: SRGBColorSpace });
    // Makes three write the colours that it would write to the canvas, instead of linear ones.
    (target as WebGLRenderTarget & { isXRRenderTarget: boolean }).isXRRenderTarget = true;
    target.scissorTest = true;
    this.#target = target;
  }

  /** Draw at `width` x `height` pixels, no more than the canvas has, and fill the canvas with it. */
  draw(renderer: WebGLRenderer, scene: Scene, camera: Camera, width: number, height: number): void {
    const canvas = renderer.domElement;
    const target = this.#target;
    if (target.width !== canvas.width || target.height !== canvas.height) target.setSize(canvas.width, canvas.height);
    target.viewport.set(0, 0, width, height);
    target.scissor.set(0, 0, width, height);
    renderer.setRenderTarget(target);
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);

    const context = renderer.getContext() as WebGL2RenderingContext;
    const { __webglFramebuffer: drawn } = renderer.properties.get(target) as { __webglFramebuffer: WebGLFramebuffer };
    renderer.state.bindFramebuffer(context.READ_FRAMEBUFFER, drawn);
    renderer.state.bindFramebuffer(context.DRAW_FRAMEBUFFER, null);
    // The scissor of the last render would cut the copy, too.
    renderer.state.setScissorTest(false);
    const { width: w, height: h } = canvas;
    context.blitFramebuffer(0, 0, width, height, 0, 0, w, h, context.COLOR_BUFFER_BIT, context.LINEAR);
    renderer.state.bindFramebuffer(context.READ_FRAMEBUFFER, null);
  }

  dispose(): void {
    this.#target.dispose();
  }
}
