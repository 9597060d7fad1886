import { BCC } from '#chem/structureTypes.ts';
import type { CellList } from '../cellList/cellList.ts';
import { NeighbourFinder } from '../cellList/neighbours.ts';

/**
 * Marks the boundary network: atoms that are not BCC, and the BCC atoms that have one of them nearer than `radius`. One
 * finder a thread; the order in which places are looked at does not matter.
 */
export class NetworkFinder {
  readonly #list: CellList;
  readonly #structureType: Uint8Array;
  readonly #radius: number;
  readonly #finder: NeighbourFinder;

  /**
   * @param structureType [n] by row.
   * @param radius Å.
   */
  constructor(list: CellList, structureType: Uint8Array, radius: number) {
    this.#list = list;
    this.#structureType = structureType;
    this.#radius = radius;
    this.#finder = new NeighbourFinder(list);
  }

  /** @param network [n] by row: 1 is written for the network's atoms at the places [from, to), 0 for the others. */
  mark(from: number, to: number, network: Uint8Array): void {
    for (let place = from; place < to; place++) {
      const row = this.#list.rowOfPlace[place]!;
      network[row] = this.#structureType[row] !== BCC || this.#touches(place) ? 1 : 0;
    }
  }

  #touches(place: number): boolean {
    const found = this.#finder.findWithin(place, this.#radius);
    for (let k = 0; k < found; k++) if (this.#structureType[this.#finder.row[k]!] !== BCC) return true;
    return false;
  }
}
