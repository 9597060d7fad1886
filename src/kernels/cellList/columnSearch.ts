import type { KernelArray, KernelMemory } from '../wasm/kernelMemory.ts';
import type { NeighbourArrays } from './blockNeighbours.ts';
import type { BlockSearch } from './blockSearch.ts';
import type { CellList } from './cellList.ts';

/** assembly/neighbours.ts */
export interface Exports {
  narrow(from: number, to: number, count: number, centre: number): void;
  find(
    points: number,
    near: number,
    pitch: number,
    starts: number,
    columns: number,
    stride: number,
    home: number,
    span: number,
    from: number,
    to: number,
    radius2: number,
    screen2: number,
    hits: number,
    compress: number,
    start: number,
    dx: number,
    dy: number,
    dz: number,
    distance2: number,
    total: number,
    capacity: number,
  ): number;
}

/** Float32 coordinates `length` long are off by less than this times it, differences and squares included. */
const FLOAT32_MARGIN = 1e-6;

/**
 * Neighbours by WebAssembly, a stretch of one column of bins at a time. The atoms around the stretch are first laid out
 * column by column, periodic images among them, so that the kernel knows nothing of cells.
 */
export class ColumnSearch implements BlockSearch {
  readonly #memory: KernelMemory;
  readonly #kernel: Exports;
  readonly #list: CellList;
  readonly #radius: number;
  /** Bins to look at in each direction. */
  readonly #span: readonly [number, number, number];
  /** Length of a bin along each direction, Å. */
  readonly #edge: readonly number[];
  readonly #compress: KernelArray<'uint8'>;
  /** [columns, bins + 1] first point of each bin. */
  #starts: KernelArray<'uint32'>;
  /** [3, pitch] x, y and z of the points; the same in float32 relative to one of them; scratch. */
  #points: KernelArray<'float64'>;
  #near: KernelArray<'float32'>;
  #hits: KernelArray<'int32'>;
  #pitch = 0;

  constructor(memory: KernelMemory, kernel: Exports, list: CellList, radius: number) {
    this.#memory = memory;
    this.#kernel = kernel;
    this.#list = list;
    this.#radius = radius;
    this.#span = list.binThickness.map((thickness, k) => {
      const span = Math.ceil(radius / thickness);
      // Bins of a flat sheet are slivers: more than all of them need not fit an integer.
      return list.periodic[k] ? span : Math.min(span, list.bins[k]!);
    }) as [number, number, number];
    this.#edge = [0, 1, 2].map(
      (k) => (Math.hypot(...list.vectors.subarray(3 * k, 3 * k + 3)) * list.extent[k]!) / list.bins[k]!,
    );
    this.#compress = memory.reserve('uint8', 256);
    this.#compress.view.set(compressions());
    this.#starts = memory.reserve('uint32', 0);
    this.#points = memory.reserve('float64', 0);
    this.#near = memory.reserve('float32', 0);
    this.#hits = memory.reserve('int32', 0);
  }

  /**
   * Neighbours of the atoms at [place, to) as far as they lie in one column and fit into the arrays.
   * @param atom Index in the block of the atom at `place`.
   * @returns the place where it stopped.
   */
  find(place: number, to: number, atom: number, out: NeighbourArrays): number {
    const { bins, binStart, binOfPlace, periodic } = this.#list;
    const [spanX, spanY, span] = this.#span;
    const firstBin = binOfPlace[place]!;
    const column = Math.floor(firstBin / bins[2]);
    const last = Math.min(to, binStart[(column + 1) * bins[2]]!);
    const homeZ = firstBin - column * bins[2];
    let fromZ = homeZ - span;
    let toZ = binOfPlace[last - 1]! - column * bins[2] + span;
    if (!periodic[2]) {
      fromZ = Math.max(fromZ, 0);
      toZ = Math.min(toZ, bins[2] - 1);
    }
    const x = Math.floor(column / bins[1]);
    const [fromX, toX] = this.#range(0, x, spanX);
    const y = column - x * bins[1];
    const [fromY, toY] = this.#range(1, y, spanY);
    const columns = (toX - fromX + 1) * (toY - fromY + 1);
    const home = (x - fromX) * (toY - fromY + 1) + y - fromY;
    const count = this.#layOut(fromX, toX, fromY, toY, fromZ, toZ);

    const stride = toZ - fromZ + 2;
    const from = this.#starts.view[home * stride + homeZ - fromZ]! + place - binStart[firstBin]!;
    const pitch = this.#pitch;
    const points = this.#points.view;
    for (let k = 0; k < 3; k++) {
      const source = this.#points.address + 8 * k * pitch;
      this.#kernel.narrow(source, this.#near.address + 4 * k * pitch, count, points[k * pitch + from]!);
    }
    const size = (toX - fromX + 1) * this.#edge[0]! + (toY - fromY + 1) * this.#edge[1]! + stride * this.#edge[2]!;
    const screen = (this.#radius + FLOAT32_MARGIN * size) * (1 + FLOAT32_MARGIN);
    const stopped = this.#kernel.find(
      this.#points.address,
      this.#near.address,
      pitch,
      this.#starts.address,
      columns,
      stride,
      home,
      span,
      from,
      from + last - place,
      this.#radius * this.#radius,
      screen * screen,
      this.#hits.address,
      this.#compress.address,
      out.start.address + 4 * (atom + 1),
      out.dx.address,
      out.dy.address,
      out.dz.address,
      out.distance2.address,
      out.start.view[atom]!,
      out.dx.length,
    );
    return place + stopped - from;
  }

  #range(k: 0 | 1, bin: number, span: number): [number, number] {
    const { bins, periodic } = this.#list;
    return periodic[k] ? [bin - span, bin + span] : [Math.max(0, bin - span), Math.min(bins[k] - 1, bin + span)];
  }

  /**
   * Lay out the atoms of these bins, which run on into periodic images, column by column, in the order of
   * `NeighbourFinder`.
   * @returns how many there are.
   */
  #layOut(fromX: number, toX: number, fromY: number, toY: number, fromZ: number, toZ: number): number {
    const { bins, binStart, position, vectors: v } = this.#list;
    const count = this.#lookUp(fromX, toX, fromY, toY, fromZ, toZ);
    this.#makeRoom(count);
    const points = this.#points.view;
    const pitch = this.#pitch;
    const firstImageZ = Math.floor(fromZ / bins[2]);
    const lastImageZ = Math.floor(toZ / bins[2]);
    let n = 0;
    for (let i = fromX; i <= toX; i++) {
      const imageX = Math.floor(i / bins[0]);
      const slab = (i - imageX * bins[0]) * bins[1];
      for (let j = fromY; j <= toY; j++) {
        const imageY = Math.floor(j / bins[1]);
        const first = (slab + j - imageY * bins[1]) * bins[2];
        for (let imageZ = firstImageZ; imageZ <= lastImageZ; imageZ++) {
          const sx = imageX * v[0]! + imageY * v[3]! + imageZ * v[6]!;
          const sy = imageX * v[1]! + imageY * v[4]! + imageZ * v[7]!;
          const sz = imageX * v[2]! + imageY * v[5]! + imageZ * v[8]!;
          const end = binStart[first + Math.min(toZ - imageZ * bins[2], bins[2] - 1) + 1]!;
          for (let place = binStart[first + Math.max(fromZ - imageZ * bins[2], 0)]!; place < end; place++, n++) {
            points[n] = position[3 * place]! + sx;
            points[n + pitch] = position[3 * place + 1]! + sy;
            points[n + 2 * pitch] = position[3 * place + 2]! + sz;
          }
        }
      }
    }
    return count;
  }

  /** Note where the points of each bin will lie. */
  #lookUp(fromX: number, toX: number, fromY: number, toY: number, fromZ: number, toZ: number): number {
    const { bins, binStart } = this.#list;
    const length = (toX - fromX + 1) * (toY - fromY + 1) * (toZ - fromZ + 2);
    if (length > this.#starts.length) this.#starts = this.#memory.reserve('uint32', 2 * length);
    const starts = this.#starts.view;
    let at = 0;
    let n = 0;
    for (let i = fromX; i <= toX; i++) {
      const slab = modulo(i, bins[0]) * bins[1];
      for (let j = fromY; j <= toY; j++) {
        const first = (slab + modulo(j, bins[1])) * bins[2];
        let bin = first + modulo(fromZ, bins[2]);
        for (let k = fromZ; k <= toZ; k++) {
          starts[at++] = n;
          n += binStart[bin + 1]! - binStart[bin]!;
          if (++bin === first + bins[2]) bin = first;
        }
        starts[at++] = n;
      }
    }
    return n;
  }

  #makeRoom(count: number): void {
    if (count + 4 <= this.#pitch) return;
    const pitch = Math.ceil((1.5 * count + 4) / 4) * 4;
    this.#points = this.#memory.reserve('float64', 3 * pitch);
    this.#near = this.#memory.reserve('float32', 3 * pitch);
    this.#hits = this.#memory.reserve('int32', pitch + 8);
    this.#pitch = pitch;
  }
}

function modulo(a: number, n: number): number {
  return a - Math.floor(a / n) * n;
}

/** [16, 16] For each mask of four lanes the bytes that bring the lanes it names to the front. */
function compressions(): Uint8Array {
  const bytes = new Uint8Array(256);
  for (let mask = 0; mask < 16; mask++) {
    const lanes = [0, 1, 2, 3].filter((lane) => mask & (1 << lane));
    lanes.forEach((lane, k) => {
      for (let byte = 0; byte < 4; byte++) bytes[16 * mask + 4 * k + byte] = 4 * lane + byte;
    });
  }
  return bytes;
}
