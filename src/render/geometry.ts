import type { Cell } from '#data/cell.ts';

/** What the camera must keep in view: a cell, or the atoms where they reach beyond it. Å, about the cell centre. */
export interface Extent {
  /** [8, 3] corners. */
  readonly corners: Float64Array;
  /** Radius of the sphere about the cell centre that holds every corner. */
  readonly radius: number;
}

/** The 8 corners of a cell about its centre, [8, 3] Å; bit k of the corner's number is its end along vector k. */
export function cellCorners({ vectors: v }: Cell): Float64Array {
  const corners = new Float64Array(24);
  for (let corner = 0; corner < 8; corner++) {
    for (let k = 0; k < 3; k++) {
      for (let axis = 0; axis < 3; axis++) {
        corners[3 * corner + axis]! += ((corner >> k) & 1 ? 0.5 : -0.5) * v[3 * k + axis]!;
      }
    }
  }
  return corners;
}

/** The 12 edges of a cell as pairs of end points for line segments, [24, 3] Å about its centre. */
export function cellEdges(cell: Cell): Float32Array {
  const corners = cellCorners(cell);
  const edges = new Float32Array(72);
  let at = 0;
  for (let corner = 0; corner < 8; corner++) {
    for (const bit of [1, 2, 4]) {
      if (corner & bit) continue;
      edges.set(corners.subarray(3 * corner, 3 * corner + 3), at);
      edges.set(corners.subarray(3 * (corner | bit), 3 * (corner | bit) + 3), at + 3);
      at += 6;
    }
  }
  return edges;
}

/**
 * What to keep in view: the cell, or the box around all atoms where some lie outside a wall that does not repeat.
 * @param positions [n, 3] Å about the cell centre.
 * @param margin Å to leave around the atoms: their drawing radius.
 */
export function sceneExtent(positions: Float32Array, cell: Cell | null, margin: number): Extent {
  const repeats = cell?.periodic.every(Boolean) ?? false;
  // Atoms of a cell that repeats lie in it: no need to look at them.
  const corners = cell && repeats ? cellCorners(cell) : boxAround(positions, margin);
  let radius = 0;
  for (let at = 0; at < 24; at += 3) {
    radius = Math.max(radius, Math.hypot(corners[at]!, corners[at + 1]!, corners[at + 2]!));
  }
  // Spheres stick out of the cell by their radius.
  return { corners, radius: radius + margin };
}

/** The 8 corners of the box around all atoms and the middle of the cell, [8, 3] Å. */
function boxAround(positions: Float32Array, margin: number): Float64Array {
  let [x0, y0, z0, x1, y1, z1] = [0, 0, 0, 0, 0, 0];
  // One plain loop: a million atoms pass in a few ms, on the page's own thread.
  for (let at = 0; at < positions.length; at += 3) {
    const x = positions[at]!;
    const y = positions[at + 1]!;
    const z = positions[at + 2]!;
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
    if (z < z0) z0 = z;
    if (z > z1) z1 = z;
  }
  const [low, high] = [
    [x0, y0, z0],
    [x1, y1, z1],
  ];
  return Float64Array.from({ length: 24 }, (_, k) => {
    const axis = k % 3;
    return (Math.floor(k / 3) >> axis) & 1 ? high[axis]! + margin : low[axis]! - margin;
  });
}

/** The longest round length (1, 2 or 5 times a power of ten, Å) that takes at most `maxPixels` on the screen. */
export function scaleBarLength(pixelsPerAngstrom: number, maxPixels: number): number {
  const longest = maxPixels / pixelsPerAngstrom;
  const power = 10 ** Math.floor(Math.log10(longest));
  return (longest >= 5 * power ? 5 : longest >= 2 * power ? 2 : 1) * power;
}

/** Words of a scale bar: in Å up to 999 Å, then in nm. */
export function scaleBarLabel(length: number): string {
  return length < 1000 ? `${length} Å` : `${length / 10} nm`;
}
