/** Rows that a block of descriptors holds at most; 64 of 386 numbers stay in a second-level cache. */
export const BLOCK_ROWS = 64;

/**
 * Sums over rows x, of D numbers, shifted by a fixed vector: one flat array, so that each chunk of a job can leave its
 * own in shared memory. `[count | sum of x - shift [D] | sum of products [D (D + 1) / 2]]`, the products being the upper
 * triangle of (x - shift)(x - shift)^T row by row.
 */
export type Moments = Float64Array;

export function momentsLength(dimension: number): number {
  return 1 + dimension + (dimension * (dimension + 1)) / 2;
}

/** Takes blocks of descriptors and adds up their moments. One a thread and job. */
export interface MomentAccumulator {
  /** [BLOCK_ROWS, D] to be filled by the caller before each `add`. */
  readonly block: Float64Array;
  /** Add the first `rows` rows of the block. */
  add(rows: number): void;
  /** Write the moments added since the last call to `out` and start again from zero. */
  drain(out: Moments): void;
}

/**
 * Plain float64 accumulator. Every element adds its rows one after the other, so the result does not depend on how they
 * are cut into blocks, and the WebAssembly twin gives the same bits.
 *
 * @param shift [D] any vector near the mean (the first atom's descriptor), so that the covariance does not come out as a
 * small difference of large sums.
 */
export function makeReferenceAccumulator(shift: Float64Array): MomentAccumulator {
  const dimension = shift.length;
  const block = new Float64Array(BLOCK_ROWS * dimension);
  const moments = new Float64Array(momentsLength(dimension));
  const x = new Float64Array(dimension);
  return {
    block,
    add(rows) {
      moments[0]! += rows;
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < dimension; i++) x[i] = block[row * dimension + i]! - shift[i]!;
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
