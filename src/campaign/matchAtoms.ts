import { badInput } from '#data/errors.ts';
import type { Calculation } from '#engines/calculation.ts';

/** A cell that was sent out: the centre first. */
export interface SentCell {
  /** [m, 3] Å. */
  readonly position: Float64Array;
  /** Edge of the periodic cube, Å. */
  readonly edge: number;
  /** [m] symbols; null where nobody knows them. */
  readonly species: readonly string[] | null;
}

export interface AtomMatch {
  /** [m] row in the file of every atom of the cell. */
  readonly rowOf: Uint32Array;
  /** What the match rests on: coordinates, or the order of the file, which has none. */
  readonly by: 'position' | 'order';
  /** The file has the atoms in the order of the cell. */
  readonly sameOrder: boolean;
  /** Whether elements were there to compare. */
  readonly speciesCompared: boolean;
}

/** Å; programs print coordinates with four decimals at least, and nothing may have moved. */
const TOLERANCE = 0.02;

/**
 * Find the atoms of a cell in the output of its calculation: by coordinates under periodic boundaries, one partner
 * each; where the file has none, the order is trusted.
 * @throws Refusal with the file for another number of atoms, the first atom without a partner within 0.02 Å, and the
 * first whose element is another.
 */
export function matchAtoms(atoms: Calculation['atoms'], cell: SentCell, file: string): AtomMatch {
  const count = cell.position.length / 3;
  if (atoms.energy.length !== count) {
    throw badInput({ file, expected: `${count} atoms as in the cell`, found: `${atoms.energy.length}` });
  }
  const rowOf = atoms.position
    ? matchPositions(atoms.position, cell, file)
    : Uint32Array.from({ length: count }, (_, atom) => atom);
  const { species } = atoms;
  if (species && cell.species) {
    const wrong = cell.species.findIndex((symbol, atom) => symbol !== species[rowOf[atom]!]);
    if (wrong >= 0) {
      const expected = `atom ${wrong + 1} of the cell to be ${cell.species[wrong]}`;
      throw badInput({ file, expected, found: species[rowOf[wrong]!]! });
    }
  }
  return {
    rowOf,
    by: atoms.position ? 'position' : 'order',
    sameOrder: rowOf.every((row, atom) => row === atom),
    speciesCompared: species !== null && cell.species !== null,
  };
}

function matchPositions(found: Float64Array, { position, edge }: SentCell, file: string): Uint32Array {
  const rowOf = new Uint32Array(position.length / 3);
  for (let atom = 0; atom < rowOf.length; atom++) {
    let nearest = -1;
    let least = Infinity;
    for (let row = 0; 3 * row < found.length; row++) {
      const distance = periodicDistance(position, atom, found, row, edge);
      if (distance < least) {
        least = distance;
        nearest = row;
      }
    }
    if (!(least <= TOLERANCE)) {
      const place = Array.from(position.subarray(3 * atom, 3 * atom + 3), (x) => x.toFixed(3)).join(', ');
      throw badInput({
        file,
        expected: `an atom within ${TOLERANCE} Å of atom ${atom + 1} of the cell, at (${place}) Å`,
        found: `the nearest ${Number.isFinite(least) ? `${least.toFixed(3)} Å away` : 'nowhere'}`,
      });
    }
    // Atoms of a cell lie far more than twice the tolerance apart: no two can have one partner.
    rowOf[atom] = nearest;
  }
  return rowOf;
}

/** Distance of atom p of `a` from the nearest image of atom q of `b`, Å. */
function periodicDistance(a: Float64Array, p: number, b: Float64Array, q: number, edge: number): number {
  let square = 0;
  for (let k = 0; k < 3; k++) {
    const difference = a[3 * p + k]! - b[3 * q + k]!;
    square += (difference - edge * Math.round(difference / edge)) ** 2;
  }
  return Math.sqrt(square);
}
