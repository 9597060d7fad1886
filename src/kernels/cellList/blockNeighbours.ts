import { canRun, type KernelArray, type KernelMemory } from '../wasm/kernelMemory.ts';
import bytes from './assembly/neighbours.ts?wasm-bytes';
import { type BlockSearch, FinderSearch } from './blockSearch.ts';
import type { CellList } from './cellList.ts';
import { ColumnSearch } from './columnSearch.ts';

/** Neighbours of a block of atoms, one after the other. */
export interface NeighbourArrays {
  /** [atoms + 1] first neighbour of each atom of the block, and the end of the last one's. */
  readonly start: KernelArray<'uint32'>;
  /** [capacity] displacements from the atom, Å, and their squared lengths, Å^2. */
  readonly dx: KernelArray<'float64'>;
  readonly dy: KernelArray<'float64'>;
  readonly dz: KernelArray<'float64'>;
  readonly distance2: KernelArray<'float64'>;
}

/** Times what atoms have on average fits before the arrays have to grow. */
const ROOM = 1.5;

/**
 * Neighbours of a block of atoms at once, in kernel memory: the twin of `NeighbourFinder.findWithin`, with the same
 * neighbours in the same order, bit for bit, however the places are cut into blocks. By WebAssembly where there is
 * SIMD, else by the finder itself.
 */
export class BlockNeighbours implements NeighbourArrays {
  readonly start: KernelArray<'uint32'>;
  readonly #memory: KernelMemory;
  readonly #search: BlockSearch;
  #arrays: readonly KernelArray<'float64'>[];

  /**
   * @param radius Å.
   * @param atoms The most atoms a block may have.
   * @param simd False takes the reference: for tests.
   */
  constructor(memory: KernelMemory, list: CellList, radius: number, atoms: number, simd: boolean = canRun(bytes)) {
    this.#memory = memory;
    this.#search = simd
      ? new ColumnSearch(memory, memory.instantiate(bytes), list, radius)
      : new FinderSearch(list, radius);
    this.start = memory.reserve('uint32', atoms + 1);
    const expected = Math.min((4 / 3) * Math.PI * radius ** 3 * list.density, list.count);
    this.#arrays = this.#reserve(Math.ceil(ROOM * atoms * (expected + 1)));
  }

  get dx(): KernelArray<'float64'> {
    return this.#arrays[0]!;
  }

  get dy(): KernelArray<'float64'> {
    return this.#arrays[1]!;
  }

  get dz(): KernelArray<'float64'> {
    return this.#arrays[2]!;
  }

  get distance2(): KernelArray<'float64'> {
    return this.#arrays[3]!;
  }

  /**
   * Neighbours nearer than the radius, without those at distance 0, of the places [from, to) of the cell list. Arrays
   * that were too small are replaced by larger ones: ask for them anew.
   */
  find(from: number, to: number): void {
    this.start.view[0] = 0;
    for (let place = from; place < to; ) {
      const next = this.#search.find(place, to, place - from, this);
      if (next === place) this.#grow(this.start.view[place - from]!);
      place = next;
    }
  }

  /** Twice the room; the first `kept` neighbours come along. */
  #grow(kept: number): void {
    const smaller = this.#arrays;
    this.#arrays = this.#reserve(2 * this.dx.length);
    this.#arrays.forEach((array, k) => {
      array.view.set(smaller[k]!.view.subarray(0, kept));
    });
  }

  #reserve(capacity: number): readonly KernelArray<'float64'>[] {
    return Array.from({ length: 4 }, () => this.#memory.reserve('float64', capacity));
  }
}
