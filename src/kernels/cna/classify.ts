import type { Control } from '#data/control.ts';
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

const ATOMS_PER_BLOCK = 1024;
/** A radius a hair longer, since searches leave out what lies at the radius itself. */
const INCLUSIVE = 1 + 1e-9;

/** Classify the atoms at places [from, to). */
export function classifyRange(list: CellList, from: number, to: number, out: Classification, control?: Control): void {
  const finder = new NeighbourFinder(list);
  const classifier = new StructureClassifier();
  for (let start = from; start < to; start += ATOMS_PER_BLOCK) {
    const end = Math.min(start + ATOMS_PER_BLOCK, to);
    for (let place = start; place < end; place++) {
      const row = list.rowOfPlace[place]!;
      const found = finder.findNearest(place, SHELL_NEIGHBOURS);
      out.structureType[row] = classifier.classify(finder);
      if (found < SHELL_NEIGHBOURS) {
        out.coordination[row] = 0;
        out.latticeConstant[row] = Number.NaN;
        continue;
      }
      const latticeConstant = localLatticeConstant(finder.distance2);
      const radius = coordinationRadius(latticeConstant);
      // What fitted the 14 nearest may be too short for the whole coordination shell.
      if (finder.radius < radius * INCLUSIVE) finder.findWithin(place, radius * INCLUSIVE);
      out.coordination[row] = countWithin(finder.distance2, finder.count, radius);
      out.latticeConstant[row] = latticeConstant;
    }
    control?.advance(end - start);
  }
}

/** Two atoms this close, Å, are one atom written twice, perhaps on opposite faces of a periodic cell. */
const SAME_SPOT = 1e-6;

/**
 * How many atoms lie on the very spot of another atom. Such input is bad: an atom does not see its twin, everybody
 * else sees both (CNA-SPEC section 1).
 */
export function countCoincident(list: CellList): number {
  const { binOfPlace, binStart, position } = list;
  const finder = new NeighbourFinder(list);
  let coincident = 0;
  for (let place = 0; place < list.count; place++) {
    const bin = binOfPlace[place]!;
    let twins = finder.findWithin(place, SAME_SPOT);
    // Searches leave out distance 0, the atom itself: exact twins are in the same bin.
    for (let other = binStart[bin]!; other < binStart[bin + 1]! && twins === 0; other++) {
      const apart = [0, 1, 2].some((k) => position[3 * other + k] !== position[3 * place + k]);
      if (other !== place && !apart) twins++;
    }
    if (twins > 0) coincident++;
  }
  return coincident;
}
