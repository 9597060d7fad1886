import type { CellList } from './cellList.ts';

/** Radius, Å, that holds about 1.6 times this many neighbours on average, so that rarely an atom has fewer. */
export function likelyRadius({ density }: CellList, neighbours: number): number {
  return Math.cbrt((1.6 * neighbours * 3) / (4 * Math.PI * density));
}

/**
 * Finds neighbours in a cell list. A neighbour is a displacement vector, not an atom: the same atom counts once for each
 * of its periodic images within reach, and an atom's own images are neighbours of it (CNA-SPEC section 1). Atoms at
 * distance exactly 0 are not neighbours. One finder a thread: the results live in its arrays until the next search.
 */
export class NeighbourFinder {
  /** How many neighbours the last search found. */
  count = 0;
  /** Radius of the last search, Å: every neighbour nearer than this was found. */
  radius = 0;
  /** Displacements from the centre, Å. */
  dx = new Float64Array(64);
  dy = new Float64Array(64);
  dz = new Float64Array(64);
  /** Squared distances, Å^2. */
  distance2 = new Float64Array(64);
  /** Snapshot row of each neighbour. */
  row = new Uint32Array(64);
  readonly #list: CellList;

  constructor(list: CellList) {
    this.#list = list;
  }

  /** All neighbours of the atom at `place` with distance < `radius`, in no particular order. */
  findWithin(place: number, radius: number): number {
    const { position, bins, binOfPlace } = this.#list;
    const bin = binOfPlace[place]!;
    return this.#search(
      position[3 * place]!,
      position[3 * place + 1]!,
      position[3 * place + 2]!,
      Math.floor(bin / (bins[2] * bins[1])),
      Math.floor(bin / bins[2]) % bins[1],
      bin % bins[2],
      radius,
      Number.POSITIVE_INFINITY,
    );
  }

  /**
   * Atoms and images at a distance < `radius` of any point (relative to the cell's origin, Å), in no particular order;
   * once there are `limit` of them the search ends, and more may or may not be listed.
   */
  findAround(x: number, y: number, z: number, radius: number, limit = Number.POSITIVE_INFINITY): number {
    const { inverse: m, low, extent, bins } = this.#list;
    const bin = (k: 0 | 1 | 2) =>
      Math.floor(((x * m[k]! + y * m[3 + k]! + z * m[6 + k]! - low[k]) / extent[k]) * bins[k]);
    return this.#search(x, y, z, bin(0), bin(1), bin(2), radius, limit);
  }

  /**
   * The `wanted` nearest neighbours or more, sorted by distance; all there are, where there are fewer. No cutoff: the
   * search grows until it has them.
   */
  findNearest(place: number, wanted: number): number {
    const { reach } = this.#list;
    let radius = likelyRadius(this.#list, wanted);
    while (this.findWithin(place, radius) < wanted && radius <= reach) radius *= 1.3;
    this.#sortByDistance();
    return this.count;
  }

  /** Sort the last result by distance, ties as they were found. Insertion sort: a few dozen entries, nothing allocated. */
  #sortByDistance(): void {
    const { dx, dy, dz, distance2, row } = this;
    for (let i = 1; i < this.count; i++) {
      const [x, y, z, d, r] = [dx[i]!, dy[i]!, dz[i]!, distance2[i]!, row[i]!];
      let j = i - 1;
      while (j >= 0 && distance2[j]! > d) {
        dx[j + 1] = dx[j]!;
        dy[j + 1] = dy[j]!;
        dz[j + 1] = dz[j]!;
        distance2[j + 1] = distance2[j]!;
        row[j + 1] = row[j]!;
        j--;
      }
      dx[j + 1] = x;
      dy[j + 1] = y;
      dz[j + 1] = z;
      distance2[j + 1] = d;
      row[j + 1] = r;
    }
  }

  #search(
    x: number,
    y: number,
    z: number,
    binX: number,
    binY: number,
    binZ: number,
    radius: number,
    limit: number,
  ): number {
    const { bins, binThickness, binStart, periodic, position, rowOfPlace, vectors: v } = this.#list;
    const radius2 = radius * radius;
    // Bins run on into periodic images; along an open direction they end with the atoms.
    const range = (k: 0 | 1 | 2, centre: number): [number, number] => {
      const span = Math.ceil(radius / binThickness[k]);
      return periodic[k]
        ? [centre - span, centre + span]
        : [Math.max(0, centre - span), Math.min(bins[k] - 1, centre + span)];
    };
    const [fromX, toX] = range(0, binX);
    const [fromY, toY] = range(1, binY);
    const [fromZ, toZ] = range(2, binZ);
    const firstImageZ = Math.floor(fromZ / bins[2]);
    const lastImageZ = Math.floor(toZ / bins[2]);
    this.count = 0;
    this.radius = radius;
    for (let i = fromX; i <= toX; i++) {
      const imageX = Math.floor(i / bins[0]);
      const slab = (i - imageX * bins[0]) * bins[1];
      for (let j = fromY; j <= toY; j++) {
        const imageY = Math.floor(j / bins[1]);
        const first = (slab + j - imageY * bins[1]) * bins[2];
        // Bins along the last direction are contiguous: one run for each periodic image.
        for (let imageZ = firstImageZ; imageZ <= lastImageZ; imageZ++) {
          const from = Math.max(fromZ - imageZ * bins[2], 0);
          const to = Math.min(toZ - imageZ * bins[2], bins[2] - 1);
          const sx = imageX * v[0]! + imageY * v[3]! + imageZ * v[6]!;
          const sy = imageX * v[1]! + imageY * v[4]! + imageZ * v[7]!;
          const sz = imageX * v[2]! + imageY * v[5]! + imageZ * v[8]!;
          const end = binStart[first + to + 1]!;
          for (let place = binStart[first + from]!; place < end; place++) {
            // Shift first, then subtract: `BlockNeighbours` does the same, and gets the same bits.
            const dx = position[3 * place]! + sx - x;
            const dy = position[3 * place + 1]! + sy - y;
            const dz = position[3 * place + 2]! + sz - z;
            const distance2 = dx * dx + dy * dy + dz * dz;
            if (distance2 < radius2 && distance2 !== 0) this.#add(dx, dy, dz, distance2, rowOfPlace[place]!);
          }
          if (this.count >= limit) return this.count;
        }
      }
    }
    return this.count;
  }

  #add(dx: number, dy: number, dz: number, distance2: number, row: number): void {
    const k = this.count++;
    if (k === this.row.length) this.#grow();
    this.dx[k] = dx;
    this.dy[k] = dy;
    this.dz[k] = dz;
    this.distance2[k] = distance2;
    this.row[k] = row;
  }

  #grow(): void {
    const double = <A extends Float64Array | Uint32Array>(array: A): A => {
      const larger = new (array.constructor as new (length: number) => A)(2 * array.length);
      larger.set(array);
      return larger;
    };
    this.dx = double(this.dx);
    this.dy = double(this.dy);
    this.dz = double(this.dz);
    this.distance2 = double(this.distance2);
    this.row = double(this.row);
  }
}
