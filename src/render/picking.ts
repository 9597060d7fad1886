import { type Camera, Color, type WebGLRenderer, WebGLRenderTarget } from 'three';
import type { AtomLayers } from './atomLayers.ts';

/** Finds the atom in a pixel by drawing row numbers instead of colours, into one pixel, and reading it back. */
export class Picker {
  readonly #target = new WebGLRenderTarget(1, 1);

  /**
   * @param x,y Pixel of the drawing buffer, from the bottom left, under the camera and size of the last `prepare`.
   * @returns Row of the atom that is seen there, or null for none.
   */
  async pick(
    renderer: WebGLRenderer,
    layers: AtomLayers,
    camera: Camera,
    x: number,
    y: number,
  ): Promise<number | null> {
    layers.aim(x, y);
    const clearColour = renderer.getClearColor(new Color());
    const clearAlpha = renderer.getClearAlpha();
    renderer.setRenderTarget(this.#target);
    renderer.setClearColor(0x000000, 0);
    renderer.clear();
    renderer.render(layers.pickScene, camera);
    renderer.setRenderTarget(null);
    renderer.setClearColor(clearColour, clearAlpha);
    const pixel = new Uint8Array(4);
    // Waits for the GPU without holding up the page.
    await renderer.readRenderTargetPixelsAsync(this.#target, 0, 0, 1, 1, pixel);
    const id = new DataView(pixel.buffer).getUint32(0, true);
    return id === 0 ? null : id - 1;
  }

  dispose(): void {
    this.#target.dispose();
  }
}
