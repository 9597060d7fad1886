import type { MemoryLedger } from '#data/buffers.ts';
import type { CellList } from '../cellList/cellList.ts';
import { BinOffsets } from './binOffsets.ts';

/** The atoms of a set, sorted by the bins of a cell list: plain data over typed arrays, which threads share. */
export interface BinnedSet {
  readonly list: CellList;
  /** [bins + 1] first member of each bin. */
  readonly start: Uint32Array;
  /** [members, 3] positions as the list has them, Å. */
  readonly position: Float64Array;
  /** [n] by place: 1 for members. */
  readonly isMember: Uint8Array;
}

/** Bins about as wide as members lie apart hold one each, which is where the search is fastest. */
export function usefulBinWidth(volume: number, members: number): number {
  return Math.cbrt(volume / Math.max(1, members));
}

/** @param belongs Whether the atom of a row is in the set. */
export function binSet(list: CellList, belongs: (row: number) => boolean, memory: MemoryLedger): BinnedSet {
  const isMember = memory.allocate('atoms of the boundary', 'uint8', list.count);
  const start = memory.allocate('boundary by bin', 'uint32', list.binStart.length);
  let members = 0;
  for (let place = 0; place < list.count; place++) {
    if (!belongs(list.rowOfPlace[place]!)) continue;
    isMember[place] = 1;
    start[list.binOfPlace[place]! + 1]!++;
    members++;
  }
  for (let bin = 1; bin < start.length; bin++) start[bin]! += start[bin - 1]!;
  const position = memory.allocate('positions of the boundary', 'float64', 3 * members);
  // Places run through the bins in order, and so do the members.
  let at = 0;
  for (let place = 0; place < list.count; place++) {
    if (!isMember[place]) continue;
    for (let k = 0; k < 3; k++) position[at++] = list.position[3 * place + k]!;
  }
  return { list, start, position, isMember };
}

/**
 * Distance of every atom from the nearest atom of a set, periodic images included. Exact: the bins around an atom's own
 * are looked through in the order of how near they can be, until none that is left can hold anything nearer.
 * One a thread: it has scratch arrays.
 */
export class SetDistance {
  readonly #set: BinnedSet;
  readonly #offsets: BinOffsets;
  #best = new Float64Array(64);

  constructor(set: BinnedSet) {
    this.#set = set;
    this.#offsets = new BinOffsets(set.list);
  }

  /**
   * The atoms of one bin.
   * @param out [n] by row, Å: 0 for members, NaN where the set is empty.
   * @returns How many atoms those were.
   */
  measureBin(bin: number, out: Float32Array): number {
    const { list, isMember } = this.#set;
    const from = list.binStart[bin]!;
    const to = list.binStart[bin + 1]!;
    if (to - from > this.#best.length) this.#best = new Float64Array(2 * (to - from));
    const best = this.#best;
    let searching = 0;
    for (let place = from; place < to; place++) {
      best[place - from] = isMember[place] ? 0 : Number.POSITIVE_INFINITY;
      if (!isMember[place]) searching++;
    }
    if (searching > 0 && this.#set.position.length > 0) this.#search(bin, from, to);
    for (let place = from; place < to; place++) {
      const found = best[place - from]!;
      out[list.rowOfPlace[place]!] = found === Number.POSITIVE_INFINITY ? Number.NaN : Math.sqrt(found);
    }
    return to - from;
  }

  #search(bin: number, from: number, to: number): void {
    const { bins, periodic, vectors: v } = this.#set.list;
    const { start } = this.#set;
    const offsets = this.#offsets;
    const [nx, ny, nz] = bins;
    const x0 = Math.floor(bin / (ny * nz));
    const y0 = Math.floor(bin / nz) % ny;
    const z0 = bin % nz;
    let farthest = Number.POSITIVE_INFINITY;
    for (let k = 0; offsets.has(k); k++) {
      const nearest = offsets.nearest[k]!;
      if (nearest * nearest >= farthest) return;
      let x = x0 + offsets.x[k]!;
      let y = y0 + offsets.y[k]!;
      let z = z0 + offsets.z[k]!;
      let [imageX, imageY, imageZ] = [0, 0, 0];
      if (x < 0 || x >= nx) {
        if (!periodic[0]) continue;
        imageX = Math.floor(x / nx);
        x -= imageX * nx;
      }
      if (y < 0 || y >= ny) {
        if (!periodic[1]) continue;
        imageY = Math.floor(y / ny);
        y -= imageY * ny;
      }
      if (z < 0 || z >= nz) {
        if (!periodic[2]) continue;
        imageZ = Math.floor(z / nz);
        z -= imageZ * nz;
      }
      const other = (x * ny + y) * nz + z;
      const first = start[other]!;
      const last = start[other + 1]!;
      if (first === last) continue;
      farthest = this.#compare(
        from,
        to,
        first,
        last,
        imageX * v[0]! + imageY * v[3]! + imageZ * v[6]!,
        imageX * v[1]! + imageY * v[4]! + imageZ * v[7]!,
        imageX * v[2]! + imageY * v[5]! + imageZ * v[8]!,
      );
    }
  }

  /** @returns The largest squared distance that is left, Å^2. */
  #compare(from: number, to: number, first: number, last: number, sx: number, sy: number, sz: number): number {
    const { list, position: members } = this.#set;
    const { position } = list;
    const best = this.#best;
    let farthest = 0;
    for (let place = from; place < to; place++) {
      let least = best[place - from]!;
      if (least > 0) {
        const x = position[3 * place]! - sx;
        const y = position[3 * place + 1]! - sy;
        const z = position[3 * place + 2]! - sz;
        for (let at = 3 * first; at < 3 * last; at += 3) {
          const dx = members[at]! - x;
          const dy = members[at + 1]! - y;
          const dz = members[at + 2]! - z;
          const distance2 = dx * dx + dy * dy + dz * dz;
          if (distance2 < least) least = distance2;
        }
        best[place - from] = least;
        if (least > farthest) farthest = least;
      }
    }
    return farthest;
  }
}
