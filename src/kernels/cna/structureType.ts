import { BCC, FCC, HCP, ICOSAHEDRAL, OTHER } from '#chem/structureTypes.ts';

/** Neighbours of one atom, nearest first: displacements (Å), not atoms, so that images count one by one. */
export interface SortedNeighbours {
  readonly count: number;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly dz: Float64Array;
  readonly distance2: Float64Array;
}

/** Neighbours in the first shell of a close-packed or icosahedral atom. */
const CLOSE_PACKED = 12;
/** Neighbours in the first two shells of a bcc atom, and in the first. */
const BODY_CENTRED = 14;
const BCC_FIRST_SHELL = 8;

/** Half way between the first two fcc shells, in units of the first. */
const FACTOR_12 = (1 + Math.SQRT2) / 2;
/** Half way between the second and third bcc shell, as OVITO has it: a literal in single precision (CNA-SPEC 3.2). */
const FACTOR_14 = Math.fround(1.207);
/** Brings the first bcc shell to the length of the second, the lattice constant. */
const FIRST_TO_SECOND_SHELL = 2 / Math.sqrt(3);

/**
 * Adaptive common neighbour analysis, one atom at a time, with OVITO's label on every atom (A. Stukowski, Modelling
 * Simul. Mater. Sci. Eng. 20 (2012) 045021; CNA-SPEC sections 2 to 4). One classifier a thread: it has scratch arrays.
 */
export class StructureClassifier {
  /** [91] squared distance of neighbours i < j at j (j - 1) / 2 + i: the pairs of the 12 nearest come first. */
  readonly #pairDistance2 = new Float64Array((BODY_CENTRED * (BODY_CENTRED - 1)) / 2);
  /** [14] bonds of each neighbour with the others, as bits. */
  readonly #bonds = new Int32Array(BODY_CENTRED);

  /** Structure type code of the atom with these neighbours. */
  classify(neighbours: SortedNeighbours): number {
    const { count, distance2 } = neighbours;
    if (count < CLOSE_PACKED) return OTHER;
    let sum = 0;
    for (let k = 0; k < CLOSE_PACKED; k++) sum += Math.sqrt(distance2[k]!);
    this.#measurePairs(neighbours, 0, CLOSE_PACKED);
    this.#connect(CLOSE_PACKED, (FACTOR_12 * sum) / CLOSE_PACKED);
    const closePacked = this.#matchTwelve();
    if (closePacked !== OTHER || count < BODY_CENTRED) return closePacked;

    sum = 0;
    for (let k = 0; k < BCC_FIRST_SHELL; k++) sum += FIRST_TO_SECOND_SHELL * Math.sqrt(distance2[k]!);
    for (let k = BCC_FIRST_SHELL; k < BODY_CENTRED; k++) sum += Math.sqrt(distance2[k]!);
    this.#measurePairs(neighbours, CLOSE_PACKED, BODY_CENTRED);
    this.#connect(BODY_CENTRED, (FACTOR_14 * sum) / BODY_CENTRED);
    return this.#matchFourteen();
  }

  /** Squared distances of neighbours `from` <= j < `to` and every i < j. */
  #measurePairs({ dx, dy, dz }: SortedNeighbours, from: number, to: number): void {
    const pairDistance2 = this.#pairDistance2;
    let pair = (from * (from - 1)) / 2;
    for (let j = from; j < to; j++) {
      for (let i = 0; i < j; i++) {
        const x = dx[i]! - dx[j]!;
        const y = dy[i]! - dy[j]!;
        const z = dz[i]! - dz[j]!;
        pairDistance2[pair++] = x * x + y * y + z * z;
      }
    }
  }

  /** The bond graph of the `count` nearest neighbours. */
  #connect(count: number, cutoff: number): void {
    const bonds = this.#bonds;
    const cutoff2 = cutoff * cutoff;
    let pair = 0;
    for (let j = 0; j < count; j++) {
      let mask = 0;
      for (let i = 0; i < j; i++) {
        if (this.#pairDistance2[pair++]! > cutoff2) continue;
        mask |= 1 << i;
        bonds[i]! |= 1 << j;
      }
      bonds[j] = mask;
    }
  }

  /** FCC is 12 x (4,2,1); HCP 6 x (4,2,1) and 6 x (4,2,2); ICO 12 x (5,5,5). */
  #matchTwelve(): number {
    let separate = 0;
    let chained = 0;
    let rings = 0;
    for (let k = 0; k < CLOSE_PACKED; k++) {
      const common = this.#bonds[k]!;
      const commonCount = countBits(common);
      if (commonCount === 4 && this.#countBonds(common) === 2) {
        if (this.#haveMeetingBonds(common)) chained++;
        else separate++;
      } else if (commonCount === 5 && this.#countBonds(common) === 5) {
        // Five bonds on five atoms cannot lie in two components.
        rings++;
      } else {
        return OTHER;
      }
    }
    if (separate === 12) return FCC;
    if (rings === 12) return ICOSAHEDRAL;
    return separate === 6 && chained === 6 ? HCP : OTHER;
  }

  /** BCC is 8 x (6,6,6) and 6 x (4,4,4), whichever neighbours have which. */
  #matchFourteen(): number {
    let hexagons = 0;
    let squares = 0;
    for (let k = 0; k < BODY_CENTRED; k++) {
      const common = this.#bonds[k]!;
      const commonCount = countBits(common);
      // Four bonds on four atoms cannot lie in two components; six on six can: two triangles.
      if (commonCount === 4 && this.#countBonds(common) === 4) squares++;
      else if (commonCount === 6 && this.#countBonds(common) === 6 && this.#areBondsConnected(common)) hexagons++;
      else return OTHER;
    }
    return hexagons === 8 && squares === 6 ? BCC : OTHER;
  }

  /** Bonds among the neighbours in `mask`. */
  #countBonds(mask: number): number {
    let twice = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) twice += countBits(this.#bonds[lowestBit(rest)]! & mask);
    return twice / 2;
  }

  /** Does any neighbour in `mask` have two bonds there? */
  #haveMeetingBonds(mask: number): boolean {
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      if (countBits(this.#bonds[lowestBit(rest)]! & mask) > 1) return true;
    }
    return false;
  }

  /** Do all bonds among the neighbours in `mask` lie in one component? */
  #areBondsConnected(mask: number): boolean {
    let bonded = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) bonded |= this.#bonds[lowestBit(rest)]! & mask;
    let reached = 0;
    for (let front = bonded & -bonded; front !== 0; ) {
      reached |= front;
      let next = 0;
      for (let rest = front; rest !== 0; rest &= rest - 1) next |= this.#bonds[lowestBit(rest)]! & mask;
      front = next & ~reached;
    }
    return reached === bonded;
  }
}

function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

/** Set bits of a mask of up to 16 bits. */
function countBits(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x5555);
  bits = (bits & 0x3333) + ((bits >>> 2) & 0x3333);
  bits = (bits + (bits >>> 4)) & 0x0f0f;
  return (bits + (bits >>> 8)) & 0x1f;
}
