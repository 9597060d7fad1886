import type { LayoutImage } from 'plotly.js-dist-min';
import { inTurns } from '#data/background.ts';
import { binAtoms, paintBins, type Range } from './density.ts';
import type { AtomPlane } from './figureSpec.ts';

/** A bin is so many CSS pixels wide and high: single atoms can be seen, and are not a haze. */
const BIN_PX = 2;

export interface Window {
  readonly x: Range;
  readonly y: Range;
  /** Of a panel, CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * The density of all atoms in a window of their plane, for every panel, as images of plotly's layout.
 * @returns [] where there is none; rejects with the reason of `signal` where that is aborted
 */
export async function densityImages(plane: AtomPlane, window: Window, signal: AbortSignal): Promise<LayoutImage[]> {
  const { density, panels } = plane;
  const width = Math.round(window.width / BIN_PX);
  const height = Math.round(window.height / BIN_PX);
  if (!density || !plane.y || width < 1 || height < 1) return [];
  const bins = await inTurns(binAtoms(plane, window.x, window.y, width, height));
  signal.throwIfAborted();
  const canvas = new OffscreenCanvas(width, height);
  // On the GPU it would have to be read back, behind whatever that draws just then.
  canvas
    .getContext('2d', { willReadFrequently: true })!
    .putImageData(new ImageData(paintBins(bins, density), width, height), 0, 0);
  const source = await dataUrl(await canvas.convertToBlob());
  signal.throwIfAborted();
  const [left, right] = window.x;
  const [bottom, top] = window.y;
  return panels.map(
    ([xref, yref]) =>
      ({
        source,
        xref,
        yref,
        x: left,
        y: top,
        sizex: right - left,
        sizey: top - bottom,
        sizing: 'stretch',
        layer: 'below',
      }) as LayoutImage,
  );
}

/** A figure that is saved must hold its images itself. */
function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
