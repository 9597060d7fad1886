import { type Cell, invertCell, planeSpacings } from '#data/cell.ts';

/** The neighbours of one atom, nearest first; an atom counts once for each of its images. */
export interface Surroundings {
  readonly row: number;
  /** [n, 3] Å from the central atom. */
  readonly offset: Float64Array;
  /** [n] Å. */
  readonly distance: Float64Array;
  /** [n] rows of the neighbours. */
  readonly rows: Uint32Array;
}

/** Atoms between two looks at what else there is to do. */
const BLOCK = 1 << 14;

/**
 * All neighbours nearer than `cutoff` of a few atoms, in one pass over all: no sorted list of atoms has to lie in the
 * page for the few that somebody looks at. Right in cells of any shape and thinner than the cutoff: an image is looked
 * at where it is no farther than the cutoff across the planes of each direction.
 * @param position [n, 3] Å, wrapped or not.
 */
export function* findSurroundings(
  position: Float32Array | Float64Array,
  cell: Cell,
  rows: readonly number[],
  cutoff: number,
): Generator<void, Surroundings[]> {
  const inverse = invertCell(cell);
  const spacings = planeSpacings(cell);
  const { vectors: v, periodic } = cell;
  const found = rows.map(() => [] as { x: number; y: number; z: number; distance: number; row: number }[]);
  const reach = spacings.map((spacing) => cutoff / spacing);
  const low = [0, 0, 0];
  const high = [0, 0, 0];
  for (let other = 0; other < position.length / 3; other++) {
    if ((other + 1) % BLOCK === 0) yield;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      const dx = position[3 * other]! - position[3 * row]!;
      const dy = position[3 * other + 1]! - position[3 * row + 1]!;
      const dz = position[3 * other + 2]! - position[3 * row + 2]!;
      let near = true;
      for (let axis = 0; axis < 3 && near; axis++) {
        const fraction = dx * inverse[axis]! + dy * inverse[3 + axis]! + dz * inverse[6 + axis]!;
        low[axis] = periodic[axis] ? Math.ceil(-fraction - reach[axis]!) : 0;
        high[axis] = periodic[axis] ? Math.floor(-fraction + reach[axis]!) : 0;
        near = low[axis]! <= high[axis]! && (periodic[axis]! || Math.abs(fraction) <= reach[axis]!);
      }
      if (!near) continue;
      for (let a = low[0]!; a <= high[0]!; a++)
        for (let b = low[1]!; b <= high[1]!; b++)
          for (let c = low[2]!; c <= high[2]!; c++) {
            const x = dx + a * v[0]! + b * v[3]! + c * v[6]!;
            const y = dy + a * v[1]! + b * v[4]! + c * v[7]!;
            const z = dz + a * v[2]! + b * v[5]! + c * v[8]!;
            const distance = Math.hypot(x, y, z);
            if (distance > 0 && distance < cutoff) found[k]!.push({ x, y, z, distance, row: other });
          }
    }
  }
  return found.map((neighbours, k) => {
    neighbours.sort((one, two) => one.distance - two.distance || one.row - two.row);
    return {
      row: rows[k]!,
      offset: Float64Array.from(neighbours.flatMap(({ x, y, z }) => [x, y, z])),
      distance: Float64Array.from(neighbours, ({ distance }) => distance),
      rows: Uint32Array.from(neighbours, ({ row }) => row),
    };
  });
}
