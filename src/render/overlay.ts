import { scaleBarLabel, scaleBarLength } from './geometry.ts';
import { axesSeen, type Pose } from './pose.ts';

const INSET = 16;
const AXIS = 30;
const FONT = '12px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif';

export interface OverlayStyle {
  readonly text: string;
  readonly background: string;
  /** Lengths are the same everywhere only where rays are parallel. */
  readonly withScaleBar: boolean;
}

/**
 * Axes in the lower left corner and a scale bar in the middle of the lower edge. The same strokes go over the page and
 * into exported pictures.
 * @param width,height In CSS pixels; the context must be scaled to them.
 */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  pose: Pose,
  width: number,
  height: number,
  style: OverlayStyle,
): void {
  context.font = FONT;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  drawAxes(context, pose, INSET + AXIS + 8, height - INSET - AXIS - 8, style);
  if (style.withScaleBar) drawScaleBar(context, pose.height / height, width / 2, height - INSET, style);
}

/** A line of words in the middle of the upper edge. */
export function drawNote(context: CanvasRenderingContext2D, words: string, width: number, style: OverlayStyle): void {
  context.font = FONT;
  context.lineJoin = 'round';
  context.textAlign = 'center';
  context.textBaseline = 'top';
  letter(context, style, 1, words, width / 2, INSET);
}

function drawAxes(context: CanvasRenderingContext2D, pose: Pose, x: number, y: number, style: OverlayStyle): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { name, tip } of axesSeen(pose)) {
    const [right, up, near] = tip;
    const shade = near < -0.2 ? 0.55 : 1;
    halo(context, style, shade, () => {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + AXIS * right, y - AXIS * up);
      context.stroke();
    });
    // An axis that points at the viewer has no length: its letter steps aside.
    const length = Math.hypot(right, up);
    const out = length > 0.15 ? (AXIS * length + 9) / length : 0;
    letter(context, style, shade, name, x + (out ? out * right : -9), y - (out ? out * up : -9));
  }
}

function drawScaleBar(
  context: CanvasRenderingContext2D,
  angstromPerPixel: number,
  middle: number,
  bottom: number,
  style: OverlayStyle,
): void {
  const length = scaleBarLength(1 / angstromPerPixel, 140);
  const half = length / angstromPerPixel / 2;
  halo(context, style, 1, () => {
    context.beginPath();
    context.moveTo(middle - half, bottom - 4);
    context.lineTo(middle - half, bottom);
    context.lineTo(middle + half, bottom);
    context.lineTo(middle + half, bottom - 4);
    context.stroke();
  });
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  letter(context, style, 1, scaleBarLabel(length), middle, bottom - 8);
}

/** Strokes that read on any atoms: drawn once wide in the background colour, then thin in the text colour. */
function halo(context: CanvasRenderingContext2D, style: OverlayStyle, shade: number, stroke: () => void): void {
  context.lineWidth = 4;
  context.strokeStyle = style.background;
  stroke();
  context.globalAlpha = shade;
  context.lineWidth = 1.5;
  context.strokeStyle = style.text;
  stroke();
  context.globalAlpha = 1;
}

function letter(
  context: CanvasRenderingContext2D,
  style: OverlayStyle,
  shade: number,
  text: string,
  x: number,
  y: number,
): void {
  context.lineWidth = 4;
  context.strokeStyle = style.background;
  context.strokeText(text, x, y);
  context.globalAlpha = shade;
  context.fillStyle = style.text;
  context.fillText(text, x, y);
  context.globalAlpha = 1;
}

/** Points of the scene joined by lines, with words at the last of them. */
export interface Chain {
  /** Å about the cell centre. */
  readonly points: readonly (readonly [number, number, number])[];
  readonly label: string;
}

/** Lines over the atoms, hidden by none: a dot at each point, the words beside the last line, or at the corner of an angle. */
export function drawChains(
  context: CanvasRenderingContext2D,
  chains: readonly Chain[],
  pixelOf: (point: readonly [number, number, number]) => { readonly x: number; readonly y: number } | null,
  style: OverlayStyle,
): void {
  for (const { points, label } of chains) {
    const seen = points.map(pixelOf).filter((pixel) => pixel !== null);
    if (seen.length < points.length) continue;
    halo(context, style, 1, () => {
      context.beginPath();
      for (const [k, { x, y }] of seen.entries()) k === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
      context.stroke();
      for (const { x, y } of seen) {
        context.beginPath();
        context.arc(x, y, 3, 0, 2 * Math.PI);
        context.stroke();
      }
    });
    const last = seen.at(-1);
    const corner = seen[1];
    if (!label || !last || !corner) continue;
    const [first] = seen;
    const at = seen.length > 2 ? corner : { x: (first!.x + last.x) / 2, y: (first!.y + last.y) / 2 };
    context.font = FONT;
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    letter(context, style, 1, label, at.x + 6, at.y - 6);
  }
}
