import { BCC } from '#chem/structureTypes.ts';
import type { Classification } from './classify.ts';

/**
 * Median local lattice constant of the BCC atoms, Å; null where there are none. Not sorted: positive floats are in the
 * order of their bits, so counting upper halves and then lower halves finds the middle of a million in milliseconds.
 */
export function medianLatticeConstant({ latticeConstant, structureType }: Classification): number | null {
  const bits = new Uint32Array(latticeConstant.buffer, latticeConstant.byteOffset, latticeConstant.length);
  const upper = new Uint32Array(1 << 16);
  let total = 0;
  for (let row = 0; row < bits.length; row++) {
    if (structureType[row] !== BCC) continue;
    upper[bits[row]! >>> 16]!++;
    total++;
  }
  if (total === 0) return null;

  const smallest = (rank: number): number => {
    const [high, below] = findRank(upper, rank);
    const lower = new Uint32Array(1 << 16);
    for (let row = 0; row < bits.length; row++) {
      if (bits[row]! >>> 16 === high && structureType[row] === BCC) lower[bits[row]! & 0xffff]!++;
    }
    const [low] = findRank(lower, rank - below);
    return new Float32Array(Uint32Array.of(high * 0x10000 + low).buffer)[0]!;
  };
  return (smallest((total - 1) >> 1) + smallest(total >> 1)) / 2;
}

/** Where in a histogram the value of this rank is counted, and how many values come before. */
function findRank(histogram: Uint32Array, rank: number): [bin: number, below: number] {
  let below = 0;
  let bin = 0;
  while (below + histogram[bin]! <= rank) below += histogram[bin++]!;
  return [bin, below];
}
