import { type Features, featureCount } from '#data/features.ts';
import { makeErrorMeter } from '#kernels/ridge/errors.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface ErrorsInput {
  readonly features: Features;
  /** [models, D]. */
  readonly weights: Float64Array;
  readonly rows: Uint32Array;
  /** [n] eV relative to bulk; NaN where unknown. */
  readonly label: Float64Array;
  /** [chunks, models] each. */
  readonly squares: Float64Array;
  readonly largest: Float64Array;
}

const ATOMS_PER_BLOCK = 1024;

export const errorsTask: Task<ErrorsInput> = {
  prepare: ({ features, weights, rows, label, squares, largest }) => {
    const models = weights.length / featureCount(features);
    const meter = makeErrorMeter(features, weights, { rows, label });
    return function* (chunk, chunks) {
      const end = chunkStart(rows.length, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(rows.length, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        meter.add(from, to);
        yield to - from;
      }
      meter.drain({
        squares: squares.subarray(chunk * models, (chunk + 1) * models),
        largest: largest.subarray(chunk * models, (chunk + 1) * models),
      });
    };
  },
};
