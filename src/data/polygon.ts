/** A closed outline in a plane, ready to be asked about many points. */
export interface Polygon {
  /** How far it reaches across. */
  readonly left: number;
  readonly right: number;
  /** Whether a point lies inside, by the even-odd rule; a NaN never does. */
  contains(x: number, y: number): boolean;
}

/** Bands of equal height, each with the edges that cross it: a hand-drawn outline has hundreds, a band few of them. */
const BANDS = 128;

/** @param corners At least three points, x and y by turns; the last is joined to the first. */
export function makePolygon(corners: readonly number[]): Polygon {
  const count = Math.floor(corners.length / 2);
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < count; k++) {
    left = Math.min(left, corners[2 * k]!);
    right = Math.max(right, corners[2 * k]!);
    low = Math.min(low, corners[2 * k + 1]!);
    high = Math.max(high, corners[2 * k + 1]!);
  }
  const perBand = BANDS / (high - low || 1);
  const bandOf = (y: number) => Math.min(BANDS - 1, Math.max(0, Math.floor((y - low) * perBand)));
  const bands: number[][] = Array.from({ length: BANDS }, () => []);
  for (let k = 0; k < count; k++) {
    const next = (k + 1) % count;
    const edge = [corners[2 * k]!, corners[2 * k + 1]!, corners[2 * next]!, corners[2 * next + 1]!] as const;
    const [from, to] = [bandOf(Math.min(edge[1], edge[3])), bandOf(Math.max(edge[1], edge[3]))];
    for (let band = from; band <= to; band++) bands[band]!.push(...edge);
  }
  const edgesOf = bands.map((edges) => Float64Array.from(edges));

  return {
    left,
    right,
    contains: (x, y) => {
      if (!(x >= left && x <= right && y >= low && y <= high)) return false;
      const edges = edgesOf[bandOf(y)]!;
      let inside = false;
      for (let at = 0; at < edges.length; at += 4) {
        const y0 = edges[at + 1]!;
        const y1 = edges[at + 3]!;
        if (y0 > y === y1 > y) continue;
        const x0 = edges[at]!;
        if (x < x0 + ((y - y0) / (y1 - y0)) * (edges[at + 2]! - x0)) inside = !inside;
      }
      return inside;
    },
  };
}

/** The corners of a box, for `makePolygon`. */
export function boxCorners(x0: number, y0: number, x1: number, y1: number): number[] {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}
