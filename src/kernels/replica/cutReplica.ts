import type { Control } from '#data/control.ts';
import type { CellList } from '../cellList/cellList.ts';
import { NeighbourFinder } from '../cellList/neighbours.ts';
import { findNewShifts, findSeamPairs, type SeamPair, type SeamRule } from './seam.ts';

export interface ReplicaOptions {
  /** Edge of the cube, Å. */
  readonly edge: number;
  /** Pairs that the seam rule is about are dropped below this distance, Å. */
  readonly minDistance: number;
  readonly seam: SeamRule;
}

export interface DroppedAtom {
  readonly row: number;
  /** Distance of the pair it was dropped for, Å, and the row of the atom that stayed. */
  readonly distance: number;
  readonly partnerRow: number;
  /** How far it was from the centre, Å. */
  readonly fromCentre: number;
  /** Where it was, in the cell as `position` has it, Å. */
  readonly position: readonly [number, number, number];
}

/** A periodic cube around one atom. Its axes are those of space, whatever the snapshot's cell. */
export interface ReplicaCell {
  readonly centreRow: number;
  /** Edge of the cube, Å. */
  readonly edge: number;
  /** [m] snapshot rows: the centre, then the others by their distance from it. */
  readonly rows: Uint32Array;
  /** [m, 3] Å in [0, edge); the centre is at the middle. */
  readonly position: Float64Array;
  /** Atoms in the cube before any was dropped. */
  readonly cutCount: number;
  /** In the order in which they were dropped. */
  readonly dropped: readonly DroppedAtom[];
  /** Shortest distance of two atoms that only the new periodicity brought together, Å. */
  readonly shortestSeamDistance: number;
  /** Shortest distance of any two atoms, Å. */
  readonly shortestDistance: number;
}

/** Å; lengths that differ by less are one length: in a perfect crystal rounding must not decide who goes. */
const SAME_LENGTH = 1e-8;

/** The same number for lengths that are the same but for rounding. */
function quantise(length: number): number {
  return Math.round(length / SAME_LENGTH);
}

/**
 * Cut the periodic cube around each of these atoms (METHOD section 5), by row, in the order asked for.
 * Progress counts cells.
 */
export function cutReplicas(
  list: CellList,
  rows: Iterable<number>,
  options: ReplicaOptions,
  control?: Control,
): Map<number, ReplicaCell> {
  const wanted = Uint32Array.from(new Set(rows));
  control?.begin('cutting replica cells', wanted.length);
  const places = placesOf(list, wanted);
  const cutter = new ReplicaCutter(list, options);
  const cells = new Map<number, ReplicaCell>();
  wanted.forEach((row, k) => {
    cells.set(row, cutter.cut(places[k]!, [options.minDistance])[0]!);
    control?.advance(1);
  });
  return cells;
}

/** Places in the cell list of atoms that are named by row. */
export function placesOf({ rowOfPlace }: CellList, rows: Uint32Array): Uint32Array {
  const order = new Map<number, number>(Array.from(rows, (row, k) => [row, k]));
  const places = new Uint32Array(rows.length);
  rowOfPlace.forEach((row, place) => {
    const k = order.get(row);
    if (k !== undefined) places[k] = place;
  });
  return places;
}

/** Cuts cells of one edge and one seam rule. One a thread: it has scratch arrays. */
export class ReplicaCutter {
  readonly #list: CellList;
  readonly #finder: NeighbourFinder;
  readonly #newShifts: readonly number[];
  readonly #options: Pick<ReplicaOptions, 'edge' | 'seam'>;

  constructor(list: CellList, options: Pick<ReplicaOptions, 'edge' | 'seam'>) {
    this.#list = list;
    this.#finder = new NeighbourFinder(list);
    this.#newShifts = findNewShifts(list, options.edge);
    this.#options = options;
  }

  /** The cell around the atom at `place` for each of these shortest seam distances, Å. */
  cut(place: number, minDistances: readonly number[]): ReplicaCell[] {
    const { edge, seam } = this.#options;
    const cube = cutCube(this.#list, this.#finder, place, edge);
    const pairs = findSeamPairs(cube.displacement, edge, this.#newShifts);
    return minDistances.map((minDistance) => dropPairs(cube, pairs, { edge, seam, minDistance }));
  }
}

/** Atoms of the cube: displacements from the centre, [m, 3] Å, and their rows; the centre is atom 0, the others by row. */
interface Cube {
  readonly rows: Uint32Array;
  readonly displacement: Float64Array;
}

function dropPairs(cube: Cube, pairs: readonly SeamPair[], { edge, minDistance, seam }: ReplicaOptions): ReplicaCell {
  const cutCount = cube.rows.length;
  const distance = (atom: number) => lengthOf(cube.displacement, atom);
  const concerned = pairs.filter((pair) => pair.distance < minDistance && (pair.isNew || seam === 'all-pairs'));
  // A stable sort: pairs of one length stay in the order of their rows.
  concerned.sort((p, q) => quantise(p.distance) - quantise(q.distance));

  const isDropped = new Uint8Array(cutCount);
  const dropped: DroppedAtom[] = [];
  for (const pair of concerned) {
    if (isDropped[pair.first] || isDropped[pair.second]) continue;
    // The centre is atom 0 at distance 0, so it is never the farther one.
    const firstIsFarther = quantise(distance(pair.first)) > quantise(distance(pair.second));
    const [goes, stays] = firstIsFarther ? [pair.first, pair.second] : [pair.second, pair.first];
    isDropped[goes] = 1;
    dropped.push({
      row: cube.rows[goes]!,
      distance: pair.distance,
      partnerRow: cube.rows[stays]!,
      fromCentre: distance(goes),
      position: placeInCell(cube.displacement, goes, edge),
    });
  }

  const kept = Array.from(cube.rows.keys()).filter((atom) => !isDropped[atom]);
  kept.sort((p, q) => quantise(distance(p)) - quantise(distance(q)));
  const left = pairs.filter((pair) => !isDropped[pair.first] && !isDropped[pair.second]);
  const shortest = (chosen: readonly SeamPair[]) =>
    chosen.reduce((least, pair) => Math.min(least, pair.distance), edge);
  return {
    centreRow: cube.rows[0]!,
    edge,
    rows: Uint32Array.from(kept, (atom) => cube.rows[atom]!),
    position: positionsInCell(cube.displacement, kept, edge),
    cutCount,
    dropped,
    shortestSeamDistance: shortest(left.filter((pair) => pair.isNew)),
    shortestDistance: shortest(left),
  };
}

/** Everything in the window [-edge/2, edge/2) around the atom at `place`, images included. */
function cutCube(list: CellList, finder: NeighbourFinder, place: number, edge: number): Cube {
  const half = edge / 2;
  finder.findWithin(place, half * Math.sqrt(3) + SAME_LENGTH);
  const displacements = [finder.dx, finder.dy, finder.dz];
  // An atom on a face belongs to the lower one, whichever side rounding puts it.
  const isInside = (component: number) => component >= -half - SAME_LENGTH && component < half - SAME_LENGTH;
  const inside: number[] = [];
  for (let k = 0; k < finder.count; k++) {
    if (displacements.every((component) => isInside(component[k]!))) inside.push(k);
  }
  const compareImages = (p: number, q: number) =>
    displacements.map((component) => component[p]! - component[q]!).find((difference) => difference !== 0) ?? 0;
  inside.sort((p, q) => finder.row[p]! - finder.row[q]! || compareImages(p, q));

  const rows = new Uint32Array(inside.length + 1);
  const displacement = new Float64Array(3 * rows.length);
  rows[0] = list.rowOfPlace[place]!;
  inside.forEach((k, index) => {
    rows[index + 1] = finder.row[k]!;
    displacements.forEach((component, c) => {
      displacement[3 * (index + 1) + c] = component[k]!;
    });
  });
  return { rows, displacement };
}

function lengthOf(vectors: Float64Array, k: number): number {
  return Math.hypot(vectors[3 * k]!, vectors[3 * k + 1]!, vectors[3 * k + 2]!);
}

function positionsInCell(displacement: Float64Array, atoms: readonly number[], edge: number): Float64Array {
  return Float64Array.from(atoms.flatMap((atom) => placeInCell(displacement, atom, edge)));
}

function placeInCell(displacement: Float64Array, atom: number, edge: number): [number, number, number] {
  const along = (c: number) => Math.max(0, displacement[3 * atom + c]! + edge / 2);
  return [along(0), along(1), along(2)];
}
