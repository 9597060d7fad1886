import type { CellList } from '../cellList/cellList.ts';
import { NeighbourFinder } from '../cellList/neighbours.ts';
import { coordinationRadius, countWithin, localLatticeConstant, SHELL_NEIGHBOURS } from './coordination.ts';
import { StructureClassifier } from './structureType.ts';

/** Results by snapshot row. */
export interface Classification {
  /** [n] structure type codes of chem/structureTypes.ts. */
  readonly structureType: Uint8Array;
  /** [n] coordination number (paper, Eqs. 11 and 12); 0 for atoms with fewer than 14 neighbours. */
  readonly coordination: Uint8Array;
  /** [n] local bcc lattice constant, Å; NaN for atoms with fewer than 14 neighbours. */
  readonly latticeConstant: Float32Array;
}

/** A radius a hair longer, since searches leave out what lies at the radius itself. */
const INCLUSIVE = 1 + 1e-9;
/** Two atoms this close, Å, are one atom written twice, perhaps on opposite faces of a periodic cell. */
export const SAME_SPOT = 1e-6;

/** The reference: classifies one atom at a time. One a thread: it has scratch arrays. */
export class AtomClassifier {
  readonly #list: CellList;
  readonly #finder: NeighbourFinder;
  readonly #structure = new StructureClassifier();

  constructor(list: CellList) {
    this.#list = list;
    this.#finder = new NeighbourFinder(list);
  }

  /**
   * Classify the atom at `place`.
   * @returns true where it lies on the spot of another atom. Such input is bad: an atom does not see its twin, everybody
   * else sees both (CNA-SPEC section 1).
   */
  classify(place: number, out: Classification): boolean {
    const finder = this.#finder;
    const row = this.#list.rowOfPlace[place]!;
    const found = finder.findNearest(place, SHELL_NEIGHBOURS);
    const isTwin = (found > 0 && finder.distance2[0]! < SAME_SPOT ** 2) || hasExactTwin(this.#list, place);
    out.structureType[row] = this.#structure.classify(finder);
    if (found < SHELL_NEIGHBOURS) {
      out.coordination[row] = 0;
      out.latticeConstant[row] = Number.NaN;
      return isTwin;
    }
    const latticeConstant = localLatticeConstant(finder.distance2);
    const radius = coordinationRadius(latticeConstant);
    // What fitted the 14 nearest may be too short for the whole coordination shell.
    if (finder.radius < radius * INCLUSIVE) finder.findWithin(place, radius * INCLUSIVE);
    out.coordination[row] = countWithin(finder.distance2, finder.count, radius);
    out.latticeConstant[row] = latticeConstant;
    return isTwin;
  }
}

/** Is there another atom with the very coordinates of the one at `place`? Searches leave it out, as they do the atom itself. */
export function hasExactTwin({ binOfPlace, binStart, position }: CellList, place: number): boolean {
  const bin = binOfPlace[place]!;
  const end = binStart[bin + 1]!;
  const x = position[3 * place]!;
  for (let other = binStart[bin]!; other < end; other++) {
    if (position[3 * other] !== x || other === place) continue;
    if (position[3 * other + 1] !== position[3 * place + 1]) continue;
    if (position[3 * other + 2] === position[3 * place + 2]) return true;
  }
  return false;
}
