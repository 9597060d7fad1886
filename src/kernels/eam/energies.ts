import type { MemoryLedger } from '#data/buffers.ts';
import type { Cell } from '#data/cell.ts';
import { buildCellList, type CellList } from '../cellList/cellList.ts';
import { NeighbourFinder } from '../cellList/neighbours.ts';
import { hasExactTwin, SAME_SPOT } from '../cna/classify.ts';
import type { EamModel } from './model.ts';
import { splineValue, splineValueOnwards } from './spline.ts';

/** Å; replica cells hold a few dozen atoms, so that bins hardly matter. */
const BIN_WIDTH = 2.5;

/** Atoms of which each has its element in the potential. */
export interface EamAtoms {
  readonly list: CellList;
  /** [n] by row: index into `elementOfType`. */
  readonly types: Uint8Array;
  /** From `matchElements`. */
  readonly elementOfType: Uint8Array;
}

/**
 * Energies of atoms by the embedded-atom method, eV:
 *
 *     E_i = F_i(rho_i) + 1/2 sum_j phi_ij(r_ij),   rho_i = sum_j rho_ij(r_ij)
 *
 * over all atoms and periodic images nearer than the cutoff, an atom's own images too (Daw & Baskes, Phys. Rev. B 29,
 * 6443 (1984); densities by pair of elements: Finnis & Sinclair, Phil. Mag. A 50, 45 (1984)). The pair energy is halved
 * between its two atoms, as LAMMPS does for `pe/atom`. Needs only positions of neighbours, not their densities, so one
 * pass does; forces would need two. One a thread: it has scratch arrays.
 */
export class EamEnergies {
  readonly #atoms: EamAtoms;
  readonly #model: EamModel;
  readonly #finder: NeighbourFinder;

  constructor(atoms: EamAtoms, model: EamModel) {
    this.#atoms = atoms;
    this.#model = model;
    this.#finder = new NeighbourFinder(atoms.list);
  }

  /**
   * Energies of the atoms at places [from, to) of the cell list.
   * @param energy [n] by row, eV: written. NaN for an atom on the very spot of another: its energy has no bound.
   * @returns how many atoms have none.
   */
  compute(from: number, to: number, energy: Float64Array): number {
    let without = 0;
    for (let place = from; place < to; place++) {
      const value = this.energyAt(place);
      if (Number.isNaN(value)) without++;
      energy[this.#atoms.list.rowOfPlace[place]!] = value;
    }
    return without;
  }

  /** Energy of the atom at `place`, eV; NaN where another lies on its spot. */
  energyAt(place: number): number {
    const { list, types, elementOfType } = this.#atoms;
    const { elements, cutoff, embedding, density, pair } = this.#model;
    const finder = this.#finder;
    finder.findWithin(place, cutoff);
    if (hasExactTwin(list, place)) return Number.NaN;
    const host = elementOfType[types[list.rowOfPlace[place]!]!]!;
    let rho = 0;
    let pairs = 0;
    for (let k = 0; k < finder.count; k++) {
      const source = elementOfType[types[finder.row[k]!]!]!;
      const distance = Math.sqrt(finder.distance2[k]!);
      if (distance < SAME_SPOT) return Number.NaN;
      rho += splineValue(density[source * elements + host]!, distance);
      pairs += splineValue(pair[source * elements + host]!, distance) / distance;
    }
    return splineValueOnwards(embedding[host]!, rho) + 0.5 * pairs;
  }
}

/**
 * Energy of the first atom of a small cell, eV: of a replica cell the only one that means anything.
 * @param position [m, 3] Å.
 * @param types [m] index into `elementOfType`.
 * @returns NaN where another atom lies on its spot.
 */
export function energyOfFirst(
  position: Float64Array,
  cell: Cell,
  types: Uint8Array,
  elementOfType: Uint8Array,
  model: EamModel,
  memory: MemoryLedger,
): number {
  const list = buildCellList(position, cell, BIN_WIDTH, memory);
  const energy = new EamEnergies({ list, types, elementOfType }, model).energyAt(list.rowOfPlace.indexOf(0));
  memory.release(list.binStart, list.binOfPlace, list.rowOfPlace, list.position);
  return energy;
}
