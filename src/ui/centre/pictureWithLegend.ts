import type { SceneTheme } from '#render/scene.ts';
import { count } from '../words/numbers.ts';
import type { Legend } from './legend.ts';

const STRIP = 44;
const INSET = 16;
const SCALE_WIDTH = 260;
const FONT = 'system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif';

/**
 * The picture with its legend below it: a figure that explains itself.
 * @param width Of the picture on the page, CSS pixels: the legend has the size of the page's words.
 */
export async function pictureWithLegend(png: Blob, legend: Legend, theme: SceneTheme, width: number): Promise<Blob> {
  const picture = await createImageBitmap(png);
  const scale = picture.width / width;
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height + Math.round(STRIP * scale);
  const context = canvas.getContext('2d')!;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  context.translate(0, picture.height);
  context.scale(scale, scale);
  drawLegend(context, legend, theme);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded')))),
  );
}

/** One line of 44 pixels, from the left. */
function drawLegend(context: CanvasRenderingContext2D, legend: Legend, theme: SceneTheme): void {
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  context.font = `600 13px ${FONT}`;
  context.fillText(legend.title, INSET, STRIP / 2);
  const left = INSET + context.measureText(legend.title).width + 20;
  context.font = `12px ${FONT}`;
  if (legend.kind === 'types') drawTypes(context, legend.entries, theme, left);
  if (legend.kind === 'range') drawScale(context, legend, theme, left);
}

function drawTypes(
  context: CanvasRenderingContext2D,
  entries: Extract<Legend, { kind: 'types' }>['entries'],
  theme: SceneTheme,
  left: number,
): void {
  let x = left;
  for (const { colour, label, count: atoms } of entries) {
    x = drawEntry(context, { colour, text: `${label} ${count(atoms)}` }, theme, x);
  }
}

function drawScale(
  context: CanvasRenderingContext2D,
  { scale: { table, below, above, counts }, ticks }: Extract<Legend, { kind: 'range' }>,
  theme: SceneTheme,
  left: number,
): void {
  const top = STRIP / 2 - 12;
  const rows = table.length / 3;
  for (let row = 0; row < rows; row++) {
    context.fillStyle = `rgb(${table[3 * row]}, ${table[3 * row + 1]}, ${table[3 * row + 2]})`;
    // A little wider than its share: no seams.
    context.fillRect(left + (SCALE_WIDTH * row) / rows, top, SCALE_WIDTH / rows + 0.5, 10);
  }
  context.fillStyle = theme.text;
  context.textAlign = 'center';
  for (const { at, text } of ticks) {
    context.fillRect(left + SCALE_WIDTH * at - 0.5, top + 10, 1, 3);
    context.fillText(text, left + SCALE_WIDTH * at, top + 21);
  }
  context.textAlign = 'left';
  let x = left + SCALE_WIDTH + 28;
  for (const [colour, what, atoms] of [
    [below, 'below', counts.below],
    [above, 'above', counts.above],
    [theme.missing, 'no value', counts.missing],
  ] as const) {
    if (atoms > 0) x = drawEntry(context, { colour, text: `${what} ${count(atoms)}` }, theme, x);
  }
}

/** A disc of a colour and what it means; returns where the next one begins. */
function drawEntry(
  context: CanvasRenderingContext2D,
  { colour, text }: { readonly colour: string; readonly text: string },
  theme: SceneTheme,
  x: number,
): number {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x + 5, STRIP / 2, 5, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = theme.text;
  context.fillText(text, x + 16, STRIP / 2);
  return x + 16 + context.measureText(text).width + 18;
}
