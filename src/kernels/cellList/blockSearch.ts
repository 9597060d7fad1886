import type { NeighbourArrays } from './blockNeighbours.ts';
import type { CellList } from './cellList.ts';
import { NeighbourFinder } from './neighbours.ts';

/** A way to find all neighbours nearer than a fixed radius. */
export interface BlockSearch {
  /**
   * Append neighbours of the atoms at places from `place` on, at most up to `to`: as many atoms as fit.
   * @param atom Index in the block of the atom at `place`.
   * @returns the place where it stopped: `place` itself where even the first atom's do not fit.
   */
  find(place: number, to: number, atom: number, out: NeighbourArrays): number;
}

/** The reference: one atom at a time by `NeighbourFinder`. */
export class FinderSearch implements BlockSearch {
  readonly #finder: NeighbourFinder;
  readonly #radius: number;

  constructor(list: CellList, radius: number) {
    this.#finder = new NeighbourFinder(list);
    this.#radius = radius;
  }

  find(place: number, _to: number, atom: number, out: NeighbourArrays): number {
    const finder = this.#finder;
    const count = finder.findWithin(place, this.#radius);
    const first = out.start.view[atom]!;
    if (first + count > out.dx.length) return place;
    for (const name of ['dx', 'dy', 'dz', 'distance2'] as const) {
      const [from, to] = [finder[name], out[name].view];
      for (let k = 0; k < count; k++) to[first + k] = from[k]!;
    }
    out.start.view[atom + 1] = first + count;
    return place + 1;
  }
}
