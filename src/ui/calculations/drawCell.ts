import type { JobInspection } from '#campaign/inspectCell.ts';
import { type Rotation, rotate } from '#kernels/align/rotation.ts';
import type { SceneTheme } from '#render/scene.ts';
import { blend, disc } from '../inspector/drawClusters.ts';

/** Å. */
const RADIUS = 0.7;
/** Colour of the atoms before haze: elements are not told apart, places are. */
const ATOM = '#7f9dbd';
const CENTRE = '#ff9e1b';
/** Part of the background that the farthest atom takes on. */
const HAZE = 0.55;
const MARGIN = 0.8;

interface Ball {
  /** Å about the middle of the cell, as seen: x to the right, y up, z to the viewer. */
  readonly at: readonly [number, number, number];
  readonly kind: 'atom' | 'centre' | 'dropped';
}

/** A cubic cell from afar: its edges, its atoms as shaded discs, those that were dropped as rings; the farthest first. */
export function drawCell(
  context: CanvasRenderingContext2D,
  job: JobInspection,
  view: Rotation,
  width: number,
  height: number,
  theme: SceneTheme,
): void {
  const edge = job.structure.cell.vectors[0]!;
  const reach = (edge * Math.sqrt(3)) / 2;
  const scale = (0.5 * Math.min(width, height)) / (reach + MARGIN);
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(width / 2, height / 2);
  const haze = (z: number) => HAZE * Math.min(1, Math.max(0, 0.5 - z / (2 * reach)));
  drawEdges(context, view, edge, scale, theme);
  const balls = ballsOf(job, view, edge).sort((p, q) => p.at[2] - q.at[2]);
  for (const { at, kind } of balls) {
    const [x, y] = [at[0] * scale, -at[1] * scale];
    const faint = haze(at[2]);
    if (kind === 'dropped') {
      context.setLineDash([3, 2]);
      context.lineWidth = 1.5;
      context.strokeStyle = blend(theme.text, theme.background, faint);
      context.beginPath();
      context.arc(x, y, 0.8 * RADIUS * scale, 0, 2 * Math.PI);
      context.stroke();
      context.setLineDash([]);
      continue;
    }
    const colour = blend(kind === 'centre' ? CENTRE : ATOM, theme.background, faint);
    const outline = kind === 'centre' ? theme.highlight : blend(theme.text, theme.background, 0.5 + faint / 2);
    disc(context, x, y, RADIUS * scale, colour, outline);
  }
  context.restore();
}

function ballsOf({ structure, cell }: JobInspection, view: Rotation, edge: number): Ball[] {
  const seen = (points: ArrayLike<number>) =>
    rotate(
      view,
      Float64Array.from(points, (x) => x - edge / 2),
    );
  const at = (points: Float64Array, k: number) =>
    [points[3 * k]!, points[3 * k + 1]!, points[3 * k + 2]!] as [number, number, number];
  const atoms = seen(structure.position);
  const gone = seen(cell?.dropped.flatMap(({ position }) => [...position]) ?? []);
  return [
    ...structure.species.map((_, k): Ball => ({ at: at(atoms, k), kind: k === 0 ? 'centre' : 'atom' })),
    ...Array.from({ length: gone.length / 3 }, (_, k): Ball => ({ at: at(gone, k), kind: 'dropped' })),
  ];
}

function drawEdges(
  context: CanvasRenderingContext2D,
  view: Rotation,
  edge: number,
  scale: number,
  theme: SceneTheme,
): void {
  const corner = (k: number) => [(k & 1) - 0.5, ((k >> 1) & 1) - 0.5, ((k >> 2) & 1) - 0.5].map((x) => x * edge);
  const corners = rotate(view, Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap(corner)));
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.beginPath();
  for (let k = 0; k < 8; k++) {
    for (const bit of [1, 2, 4]) {
      if (k & bit) continue;
      const other = k | bit;
      context.moveTo(corners[3 * k]! * scale, -corners[3 * k + 1]! * scale);
      context.lineTo(corners[3 * other]! * scale, -corners[3 * other + 1]! * scale);
    }
  }
  context.stroke();
}
