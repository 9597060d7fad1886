import type { DescriptorBlock } from './descriptorBlock.ts';

/**
 * Sums over rows x, of D numbers, shifted by a fixed vector: one flat array, so that each chunk of a job can leave its
 * own in shared memory. `[count | sum of x - shift [D] | sum of products [D (D + 1) / 2]]`, the products being the upper
 * triangle of (x - shift)(x - shift)^T row by row.
 */
export type Moments = Float64Array;

export function momentsLength(dimension: number): number {
  return 1 + dimension + (dimension * (dimension + 1)) / 2;
}

/** Adds up the moments of blocks of descriptors, which others write. One a thread and job. */
export interface MomentAccumulator {
  /** Add the first `rows` rows of the block; up to three rows after them may be overwritten. */
  add(rows: number): void;
  /** Write the moments added since the last call to `out` and start again from zero. */
  drain(out: Moments): void;
}

/**
 * Plain float64 accumulator. Every element adds its rows one after the other, so the result does not depend on how they
 * are cut into blocks.
 *
 * @param shift [D] any vector near the mean, so that the covariance does not come out as a small difference of large
 * sums; float32 numbers, for the twin subtracts in float32.
 */
export function makeReferenceAccumulator(block: DescriptorBlock, shift: Float64Array): MomentAccumulator {
  const { dimension, stride } = block;
  const moments = new Float64Array(momentsLength(dimension));
  const x = new Float64Array(dimension);
  return {
    add(rows) {
      const descriptors = block.array.view;
      moments[0]! += rows;
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < dimension; i++) x[i] = descriptors[row * stride + i]! - shift[i]!;
        for (let i = 0; i < dimension; i++) moments[1 + i]! += x[i]!;
        let at = 1 + dimension;
        for (let i = 0; i < dimension; i++) {
          for (let j = i; j < dimension; j++) moments[at++]! += x[i]! * x[j]!;
        }
      }
    },
    drain(out) {
      out.set(moments);
      moments.fill(0);
    },
  };
}

/** Sum of the moments of several chunks (all with the same shift), in their order: fixed chunks give fixed bits. */
export function combineMoments(parts: Iterable<Moments>): Moments {
  let total: Moments | undefined;
  for (const part of parts) {
    if (!total) total = Float64Array.from(part);
    else for (let i = 0; i < total.length; i++) total[i]! += part[i]!;
  }
  if (!total) throw new Error('combineMoments needs at least one part');
  return total;
}
