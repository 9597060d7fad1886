import { Color, SRGBColorSpace, Vector2, Vector3 } from 'three';
import type { SceneTheme } from './scene.ts';

/** A rectangle of pixels; y upwards, from the lower left corner of the whole picture. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * For every shader that draws into a picture: which window of the whole picture the target holds. Shaders reckon in
 * pixels of the whole picture, which are the same numbers in every window; the corner of the window is taken off last.
 * Thus a picture drawn in tiles is that drawn at once to the last bit.
 */
export class PictureFrame {
  readonly uniforms = {
    windowFrom: { value: new Vector2() },
    windowSize: { value: new Vector2(1, 1) },
    /** Atoms are drawn in this block only: a point sprite has a largest size, which no block exceeds. */
    blockFrom: { value: new Vector2() },
    blockTo: { value: new Vector2(1, 1) },
    /** Pixels of the whole picture. */
    pictureSize: { value: new Vector2(1, 1) },
    /** Pixels of the picture in one CSS pixel. */
    pixelRatio: { value: 1 },
    /** Of the cell box, sRGB. */
    lineColour: { value: new Vector3() },
  };

  set(width: number, height: number, pixelRatio: number, window: PixelBox): void {
    this.uniforms.pictureSize.value.set(width, height);
    this.uniforms.pixelRatio.value = pixelRatio;
    this.uniforms.windowFrom.value.set(window.x, window.y);
    this.uniforms.windowSize.value.set(window.width, window.height);
    this.setBlock(window);
  }

  setTheme({ line }: SceneTheme): void {
    const { r, g, b } = new Color(line).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
    this.uniforms.lineColour.value.set(r, g, b);
  }

  setBlock({ x, y, width, height }: PixelBox): void {
    this.uniforms.blockFrom.value.set(x, y);
    this.uniforms.blockTo.value.set(x + width, y + height);
  }
}
