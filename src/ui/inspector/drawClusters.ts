import { parseCssColour, type Rgb, toHex } from '#colours/rgb.ts';
import { type Rotation, rotate } from '#kernels/align/rotation.ts';
import type { SceneTheme } from '#render/scene.ts';

/** A few atoms about a central one. */
export interface Cluster {
  /** Å about the centre, as they are to be seen. */
  readonly offset: Float64Array;
  /** `#rrggbb` of the neighbours, and of the centre. */
  readonly colours: readonly string[];
  readonly centreColour: string;
  /** What stands on each neighbour. */
  readonly labels: readonly string[];
  /** What stands beside it: its distance. */
  readonly distances: readonly string[];
}

interface Style {
  readonly theme: SceneTheme;
  readonly withDistances: boolean;
  /** Å from the middle to the edge of each picture. */
  readonly reach: number;
}

const ATOM_RADIUS = 0.6;
const CENTRE_RADIUS = 0.75;
const FONT = 'system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif';
/** Part of the background that the farthest atom takes on: depth without a lamp. */
const HAZE = 0.6;
/** Light comes from the upper left. */
const LIGHT = -0.35;

/**
 * Clusters side by side, all turned alike: shaded discs and lines from the centre, the farthest first. A dozen atoms on
 * a 2-D canvas need no graphics context of their own, of which browsers give only a few.
 * @param width,height Of all together, CSS pixels; the context must be scaled to them.
 */
export function drawClusters(
  context: CanvasRenderingContext2D,
  clusters: readonly Cluster[],
  view: Rotation,
  width: number,
  height: number,
  style: Style,
): void {
  context.clearRect(0, 0, width, height);
  const side = width / clusters.length;
  const scale = (0.5 * Math.min(side, height)) / style.reach;
  clusters.forEach((cluster, k) => {
    context.save();
    context.beginPath();
    context.rect(k * side, 0, side, height);
    context.clip();
    context.translate((k + 0.5) * side, height / 2);
    drawCluster(context, cluster, view, scale, style);
    context.restore();
  });
}

function drawCluster(
  context: CanvasRenderingContext2D,
  cluster: Cluster,
  view: Rotation,
  scale: number,
  style: Style,
): void {
  const seen = rotate(view, cluster.offset);
  const order = cluster.labels.map((_, k) => k).sort((a, b) => seen[3 * a + 2]! - seen[3 * b + 2]!);
  const { background } = style.theme;
  const haze = (z: number) => HAZE * Math.min(1, Math.max(0, 0.5 - z / (2 * style.reach)));
  const drawCentre = () => {
    disc(context, 0, 0, CENTRE_RADIUS * scale, blend(cluster.centreColour, background, haze(0)), style.theme.highlight);
  };
  let centreDrawn = false;
  for (const k of order) {
    const [x, y, z] = [seen[3 * k]! * scale, -seen[3 * k + 1]! * scale, seen[3 * k + 2]!];
    if (z >= 0 && !centreDrawn) {
      drawCentre();
      centreDrawn = true;
    }
    const faint = haze(z);
    context.strokeStyle = blend(style.theme.line, background, faint);
    context.lineWidth = 1.5;
    // A line towards the viewer begins where it leaves the central atom's disc, one away from it is hidden by that.
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(x, y);
    context.stroke();
    const colour = blend(cluster.colours[k]!, background, faint);
    const radius = ATOM_RADIUS * scale;
    disc(context, x, y, radius, colour, blend(style.theme.text, background, 0.5 + faint / 2));
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `600 ${Math.min(13, 0.95 * radius)}px ${FONT}`;
    context.fillStyle = readable(colour);
    context.fillText(cluster.labels[k]!, x, y + 0.5);
    if (style.withDistances && cluster.distances[k]) {
      context.font = `10px ${FONT}`;
      context.lineWidth = 3;
      context.lineJoin = 'round';
      context.strokeStyle = background;
      context.fillStyle = blend(style.theme.text, background, faint);
      context.strokeText(cluster.distances[k], x, y + radius + 7);
      context.fillText(cluster.distances[k], x, y + radius + 7);
    }
  }
  if (!centreDrawn) drawCentre();
}

/** A disc shaded like a ball, lit from the upper left. */
export function disc(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
  outline: string,
): void {
  const shade = context.createRadialGradient(x + LIGHT * radius, y + LIGHT * radius, 0.1 * radius, x, y, 1.05 * radius);
  shade.addColorStop(0, blend(colour, '#ffffff', 0.4));
  shade.addColorStop(0.55, colour);
  shade.addColorStop(1, blend(colour, '#000000', 0.35));
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = shade;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = outline;
  context.stroke();
}

/** Two colours mixed: `part` of the second. */
export function blend(one: string, other: string, part: number): string {
  const b = parseCssColour(other);
  return toHex(parseCssColour(one).map((x, k) => Math.round(x + (b[k]! - x) * part)) as unknown as Rgb);
}

/** Black or white, whichever stands out (luma of ITU-R BT.601). */
function readable(colour: string): string {
  const [red, green, blue] = parseCssColour(colour);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? '#000000' : '#ffffff';
}
