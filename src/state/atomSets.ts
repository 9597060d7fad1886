import { type AtomSet, emptySet } from '#data/atomSet.ts';

/**
 * Holds the atoms of named sets and of the selection outside React and zustand, by id. Sets and the table itself are
 * replaced, never changed, so that a history may keep old ones.
 */
export class AtomSets {
  #bits: ReadonlyMap<string, AtomSet> = new Map();
  #size = 0;

  /** A new snapshot: of so many atoms, and without a set. */
  restart(size: number): void {
    this.#size = size;
    this.#bits = new Map();
  }

  get bits(): ReadonlyMap<string, AtomSet> {
    return this.#bits;
  }

  set bits(bits: ReadonlyMap<string, AtomSet>) {
    this.#bits = bits;
  }

  /** The atoms of a set; none where it does not exist. */
  find(id: string): AtomSet {
    return this.#bits.get(id) ?? emptySet(this.#size);
  }
}
