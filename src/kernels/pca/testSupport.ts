import fc from 'fast-check';
import { availableArithmetic } from '../wasm/arithmetic.ts';
import { KernelMemory } from '../wasm/kernelMemory.ts';
import { type DescriptorBlock, reserveBlock } from './descriptorBlock.ts';

/** What the platform can do beside the reference; `relaxed` is off in Node 20. */
export const SIMD = (['float32', 'relaxed'] as const).filter((arithmetic) => {
  try {
    return availableArithmetic(arithmetic) === arithmetic;
  } catch {
    return false;
  }
});

/** Any float32 number from -1 to 1. */
export const float32 = fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }).map(Math.fround);

/** A block of its own for rows of so many numbers. */
export function makeBlock(dimension: number) {
  const memory = new KernelMemory();
  return { memory, block: reserveBlock(memory, dimension) };
}

/** Write rows [count, dimension] to the block; how many there are. */
export function fill({ array, dimension, stride }: DescriptorBlock, rows: ArrayLike<number>): number {
  const count = rows.length / dimension;
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimension; i++) array.view[row * stride + i] = rows[row * dimension + i]!;
  }
  return count;
}
