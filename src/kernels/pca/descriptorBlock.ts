import type { KernelArray, KernelMemory } from '../wasm/kernelMemory.ts';

/**
 * Atoms that are described and summed at a time, a multiple of 4: 128 descriptors of 386 numbers stay in a second-level
 * cache, and float32 sums of their products, in four parts, keep four digits of the smallest variance anybody looks at.
 */
export const BLOCK_ROWS = 128;

const LANES = 4;

/** Where a block of descriptors lies in kernel memory: described in place, and summed or projected from there. */
export interface DescriptorBlock {
  /** [rows, stride] float32; the columns from `dimension` on are zero. */
  readonly array: KernelArray<'float32'>;
  /** The most atoms it holds. */
  readonly rows: number;
  readonly dimension: number;
  /** `dimension` rounded up to whole vectors. */
  readonly stride: number;
}

/** A block for `BLOCK_ROWS` descriptors. */
export function reserveBlock(memory: KernelMemory, dimension: number): DescriptorBlock {
  const stride = Math.ceil(dimension / LANES) * LANES;
  return { array: memory.reserve('float32', BLOCK_ROWS * stride), rows: BLOCK_ROWS, dimension, stride };
}
