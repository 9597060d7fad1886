import type { MemoryLedger } from '#data/buffers.ts';
import { type Cell, cellVolume, invertCell, planeSpacings } from '#data/cell.ts';
import type { Control } from '#data/control.ts';
import { badParameter } from '#data/errors.ts';

/**
 * Atoms sorted into bins of the cell, so that neighbours lie close in memory. Plain data over typed arrays: worker
 * threads share it as it is. "Place" is an atom's index in this order, "row" its index in the snapshot.
 */
export interface CellList {
  readonly count: number;
  /** Lattice vectors (rows), Å. */
  readonly vectors: Float64Array;
  readonly periodic: readonly [boolean, boolean, boolean];
  /** [9] fractional coordinates of a point relative to the cell's origin are (point) times this, row-major. */
  readonly inverse: Float64Array;
  /** Fractional coordinates at which the bins start, and how far they reach: 0 and 1 where periodic, else the atoms' own. */
  readonly low: readonly [number, number, number];
  readonly extent: readonly [number, number, number];
  readonly bins: readonly [number, number, number];
  /** Thickness of a bin across each direction (plane spacing), Å. */
  readonly binThickness: readonly [number, number, number];
  /** [bins + 1] first place of each bin; the last direction runs fastest. */
  readonly binStart: Uint32Array;
  /** [n] bin of each place. */
  readonly binOfPlace: Uint32Array;
  /** [n] row of each place. */
  readonly rowOfPlace: Uint32Array;
  /** [n, 3] positions by place, wrapped into the cell along periodic directions, relative to its origin, Å. */
  readonly position: Float64Array;
  /** Upper bound of the distance between any two atoms when no direction repeats, Å; else Infinity. */
  readonly reach: number;
  /** Atoms per Å^3 of the bin that the average atom lies in: empty space around a slab or a cluster does not count. */
  readonly density: number;
}

const BLOCK = 1 << 16;

/**
 * Sort atoms into bins about `binWidth` thick.
 *
 * Triclinic cells, any origin, open directions and cells thinner than a bin are all fine: bins are counted by plane
 * spacing, and the search walks over as many periodic images as its radius needs (CNA-SPEC section 6).
 *
 * @param position [n, 3] Å, wrapped or not.
 * @throws Refusal (`bad-parameter`) where a cell vector is degenerate.
 */
export function buildCellList(
  position: Float64Array,
  cell: Cell,
  binWidth: number,
  memory: MemoryLedger,
  control?: Control,
): CellList {
  const count = position.length / 3;
  const spacings = planeSpacings(cell);
  if (!spacings.every((spacing) => Number.isFinite(spacing) && spacing > 0)) {
    throw badParameter('The cell has no volume: its three vectors lie in one plane');
  }
  control?.begin('sorting atoms by cell', 2 * count);
  const fractional = memory.allocate('fractional coordinates', 'float64', 3 * count);
  const { low, extent } = fractionalCoordinates(position, cell, fractional, control);
  const bins = countBins(spacings, extent, binWidth, count);

  const binOfRow = memory.allocate('bin of each atom', 'uint32', count);
  const binStart = memory.allocate('bin starts', 'uint32', bins[0] * bins[1] * bins[2] + 1);
  const binAlong = (value: number, k: 0 | 1 | 2) =>
    Math.min(bins[k] - 1, Math.max(0, Math.floor(((value - low[k]) / extent[k]) * bins[k])));
  for (let row = 0; row < count; row++) {
    const x = binAlong(fractional[3 * row]!, 0);
    const y = binAlong(fractional[3 * row + 1]!, 1);
    const z = binAlong(fractional[3 * row + 2]!, 2);
    const bin = (x * bins[1] + y) * bins[2] + z;
    binOfRow[row] = bin;
    binStart[bin + 1]!++;
  }
  for (let bin = 1; bin < binStart.length; bin++) binStart[bin]! += binStart[bin - 1]!;

  const rowOfPlace = memory.allocate('atoms by bin', 'uint32', count);
  const binOfPlace = memory.allocate('bin of each place', 'uint32', count);
  const sorted = memory.allocate('positions by bin', 'float64', 3 * count);
  const next = binStart.slice();
  const v = cell.vectors;
  for (let row = 0; row < count; row++) {
    const place = next[binOfRow[row]!]!++;
    rowOfPlace[place] = row;
    binOfPlace[place] = binOfRow[row]!;
    const [a, b, c] = [fractional[3 * row]!, fractional[3 * row + 1]!, fractional[3 * row + 2]!];
    for (let k = 0; k < 3; k++) sorted[3 * place + k] = a * v[k]! + b * v[3 + k]! + c * v[6 + k]!;
    if ((row + 1) % BLOCK === 0) control?.advance(BLOCK);
  }
  memory.release(fractional, binOfRow);

  const volume = Math.abs(extent[0] * extent[1] * extent[2]) * Math.abs(cellVolume(cell));
  const binVolume = volume / (binStart.length - 1);
  return {
    count,
    vectors: v,
    periodic: cell.periodic,
    inverse: invertCell(cell),
    low,
    extent,
    bins,
    binThickness: [0, 1, 2].map((k) => (spacings[k]! * extent[k]!) / bins[k]!) as [number, number, number],
    binStart,
    binOfPlace,
    rowOfPlace,
    position: sorted,
    reach: cell.periodic.some(Boolean) ? Number.POSITIVE_INFINITY : diagonal(v, extent),
    density: count > 0 ? meanOccupancy(binStart) / binVolume : 0,
  };
}

/** Fractional coordinates, wrapped to [0, 1) where periodic; and the box they span (the whole cell where periodic). */
function fractionalCoordinates(position: Float64Array, cell: Cell, out: Float64Array, control?: Control) {
  const inverse = invertCell(cell);
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  const count = position.length / 3;
  for (let row = 0; row < count; row++) {
    const x = position[3 * row]! - cell.origin[0]!;
    const y = position[3 * row + 1]! - cell.origin[1]!;
    const z = position[3 * row + 2]! - cell.origin[2]!;
    for (let k = 0; k < 3; k++) {
      let f = x * inverse[k]! + y * inverse[3 + k]! + z * inverse[6 + k]!;
      if (cell.periodic[k]) {
        f -= Math.floor(f);
        if (f >= 1) f = 0; // -1e-17 rounds up to exactly 1
      }
      out[3 * row + k] = f;
      if (f < low[k]!) low[k] = f;
      if (f > high[k]!) high[k] = f;
    }
    if ((row + 1) % BLOCK === 0) control?.advance(BLOCK);
  }
  const extent: [number, number, number] = [1, 1, 1];
  for (let k = 0; k < 3; k++) {
    if (cell.periodic[k] || count === 0) low[k] = 0;
    // A flat sheet has no extent: a sliver of one keeps the arithmetic finite.
    else extent[k] = Math.max(high[k]! - low[k]!, 1e-9);
  }
  return { low, extent };
}

function countBins(
  spacings: readonly number[],
  extent: readonly number[],
  width: number,
  count: number,
): [number, number, number] {
  const thickness = [0, 1, 2].map((k) => spacings[k]! * extent[k]!);
  // A cluster in a huge box must not cost more bins than atoms are worth.
  const limit = Math.max(64, 4 * count);
  let scale = 1;
  for (;;) {
    const bins = thickness.map((t) => Math.max(1, Math.floor(t / (width * scale))));
    if (bins[0]! * bins[1]! * bins[2]! <= limit) return bins as [number, number, number];
    scale *= 1.25;
  }
}

/** Atoms in the bin of an atom, averaged over the atoms. */
function meanOccupancy(binStart: Uint32Array): number {
  let squares = 0;
  for (let bin = 1; bin < binStart.length; bin++) squares += (binStart[bin]! - binStart[bin - 1]!) ** 2;
  return squares / binStart.at(-1)!;
}

/** Longest distance inside the box spanned by `extent` of each vector: the sum of the edges bounds every diagonal. */
function diagonal(v: Float64Array, extent: readonly number[]): number {
  return [0, 1, 2].reduce((sum, k) => sum + extent[k]! * Math.hypot(v[3 * k]!, v[3 * k + 1]!, v[3 * k + 2]!), 0);
}
