/** Å about the cell centre. */
export type Point = readonly [x: number, y: number, z: number];

/** A plane on a wall of the box counts as this share of the span inside it: its outline is then that wall. */
const INSIDE = 1e-9;

/**
 * Where a plane meets a box.
 * @param corners [8, 3] as `cellCorners` gives them: of a cell of any shape, or of the box around atoms. Å.
 * @param normal Unit vector.
 * @param at Distance of the plane from the cell centre along it, Å.
 * @returns Corners of the outline in order around it; none where the plane passes the box by.
 */
export function planeOutline(corners: Float64Array, normal: Point, at: number): Point[] {
  const heights = Array.from({ length: 8 }, (_, corner) => dot(cornerOf(corners, corner), normal));
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  // Written so that a NaN has no outline.
  if (!(at >= low - INSIDE * (high - low) && at <= high + INSIDE * (high - low))) return [];
  const height = Math.min(high - INSIDE * (high - low), Math.max(low + INSIDE * (high - low), at));

  const points: Point[] = [];
  for (let corner = 0; corner < 8; corner++) {
    for (const bit of [1, 2, 4]) {
      if (corner & bit) continue;
      const [from, to] = [heights[corner]! - height, heights[corner | bit]! - height];
      if (from > 0 === to > 0) continue;
      points.push(between(cornerOf(corners, corner), cornerOf(corners, corner | bit), from / (from - to)));
    }
  }
  return inOrder(points, normal);
}

/** The middle of the area within a flat outline; null where it has none. */
export function areaCentre(outline: readonly Point[]): Point | null {
  const [first] = outline;
  if (!first) return null;
  let area = 0;
  const sum = [0, 0, 0];
  for (let k = 1; k + 1 < outline.length; k++) {
    const [p, q] = [outline[k]!, outline[k + 1]!];
    const part = Math.hypot(...cross(minus(p, first), minus(q, first)));
    area += part;
    for (const axis of [0, 1, 2] as const) sum[axis]! += (part * (first[axis] + p[axis] + q[axis])) / 3;
  }
  return area > 0 ? [sum[0]! / area, sum[1]! / area, sum[2]! / area] : null;
}

/**
 * The part of a convex outline on one side of a plane.
 * @param sideOf Above zero for points to keep; changes evenly from point to point.
 */
export function keepSide(outline: readonly Point[], sideOf: (point: Point) => number): Point[] {
  return outline.flatMap((point, k) => {
    const next = outline[(k + 1) % outline.length]!;
    const [side, nextSide] = [sideOf(point), sideOf(next)];
    const kept = side > 0 ? [point] : [];
    return side > 0 === nextSide > 0 ? kept : [...kept, between(point, next, side / (side - nextSide))];
  });
}

/** Corners of a convex outline, one after the other around its middle. */
function inOrder(points: readonly Point[], normal: Point): Point[] {
  const [first] = points;
  if (!first) return [];
  const mean = [0, 1, 2].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / points.length);
  const middle: Point = [mean[0]!, mean[1]!, mean[2]!];
  const right = minus(first, middle);
  const up = cross(normal, right);
  const angleOf = (point: Point) => Math.atan2(dot(minus(point, middle), up), dot(minus(point, middle), right));
  return points
    .map((point) => ({ point, angle: angleOf(point) }))
    .sort((a, b) => a.angle - b.angle)
    .map(({ point }) => point);
}

function cornerOf(corners: Float64Array, corner: number): Point {
  return [corners[3 * corner]!, corners[3 * corner + 1]!, corners[3 * corner + 2]!];
}

function between(p: Point, q: Point, part: number): Point {
  return [p[0] + part * (q[0] - p[0]), p[1] + part * (q[1] - p[1]), p[2] + part * (q[2] - p[2])];
}

function minus(p: Point, q: Point): Point {
  return [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
}

function dot(p: Point, q: Point): number {
  return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
}

function cross(p: Point, q: Point): Point {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
}
