import type { CellList } from '../cellList/cellList.ts';

/** A hair below every bound, so that rounding never leaves out a bin. */
const SAFE = 1 - 1e-12;
const FIRST_REACH = 6;

/**
 * Steps from a bin to the bins around it, nearest first, with how near their contents can be. All bins have one shape,
 * so the steps are the same from each; the list grows as far as anybody looks.
 */
export class BinOffsets {
  x = new Int16Array(0);
  y = new Int16Array(0);
  z = new Int16Array(0);
  /** Lower bound of the distance between a point of the one bin and a point of the other, Å. */
  nearest = new Float64Array(0);
  readonly #list: CellList;
  #reach = 0;
  /** True once the list holds every bin there is: no direction repeats. */
  #complete = false;

  constructor(list: CellList) {
    this.#list = list;
  }

  /** Whether there is a k-th step; the list is made longer for it where it can be. */
  has(k: number): boolean {
    while (k >= this.nearest.length && !this.#complete) this.#grow();
    return k < this.nearest.length;
  }

  #grow(): void {
    const { bins, binThickness, periodic } = this.#list;
    this.#reach = this.#reach === 0 ? FIRST_REACH : Math.ceil(1.5 * this.#reach);
    // Along an open direction there are no bins beyond the last.
    const reach = [0, 1, 2].map((k) => (periodic[k] ? this.#reach : Math.min(this.#reach, bins[k]! - 1)));
    this.#complete = [0, 1, 2].every((k) => !periodic[k] && reach[k] === bins[k]! - 1);
    // Whatever is farther away than this along some direction was not made yet.
    const known = this.#complete
      ? Number.POSITIVE_INFINITY
      : Math.min(
          ...[0, 1, 2].map((k) =>
            !periodic[k] && reach[k] === bins[k]! - 1 ? Number.POSITIVE_INFINITY : reach[k]! * binThickness[k]!,
          ),
        ) *
        SAFE *
        SAFE;
    const [rx, ry, rz] = reach as [number, number, number];
    const steps: { x: number; y: number; z: number; nearest: number }[] = [];
    for (let x = -rx; x <= rx; x++) {
      for (let y = -ry; y <= ry; y++) {
        for (let z = -rz; z <= rz; z++) {
          const nearest = this.#leastDistance(x, y, z);
          if (nearest < known) steps.push({ x, y, z, nearest });
        }
      }
    }
    // Ties in one order, whatever the reach: a search that waits at the end of the list then goes on where it was.
    steps.sort((a, b) => a.nearest - b.nearest || a.x - b.x || a.y - b.y || a.z - b.z);
    this.x = Int16Array.from(steps, ({ x }) => x);
    this.y = Int16Array.from(steps, ({ y }) => y);
    this.z = Int16Array.from(steps, ({ z }) => z);
    this.nearest = Float64Array.from(steps, ({ nearest }) => nearest);
  }

  /**
   * Two bounds, of which the larger holds: the planes between the bins along each direction, and the way between their
   * middles less the longest way within a bin, which is the better one in a corner.
   */
  #leastDistance(...step: readonly [number, number, number]): number {
    const { vectors: v, bins, extent, binThickness } = this.#list;
    const between = [0, 1, 2].map((k) => Math.max(0, Math.abs(step[k]!) - 1) * binThickness[k]!);
    const edge = (row: number, k: number) => (v[3 * row + k]! * extent[row]!) / bins[row]!;
    const along = [0, 1, 2].map((k) => [0, 1, 2].reduce((sum, row) => sum + step[row]! * edge(row, k), 0));
    const bound = Math.hypot(...along) - longestDiagonal(edge);
    const isOrthogonal = [0, 1, 2].every((k) => {
      const length = Math.hypot(edge(k, 0), edge(k, 1), edge(k, 2));
      return Math.abs(length - binThickness[k]!) < 1e-9 * length;
    });
    return SAFE * Math.max(isOrthogonal ? Math.hypot(...between) : Math.max(...between), bound);
  }
}

/** Longest way within a bin, Å: the longest of its four space diagonals. */
function longestDiagonal(edge: (row: number, k: number) => number): number {
  const lengths = [
    [1, 1, 1],
    [1, 1, -1],
    [1, -1, 1],
    [-1, 1, 1],
  ].map((signs) => Math.hypot(...[0, 1, 2].map((k) => signs.reduce((sum, sign, row) => sum + sign * edge(row, k), 0))));
  return Math.max(...lengths);
}
