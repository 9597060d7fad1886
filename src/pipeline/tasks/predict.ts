import type { Features } from '#data/features.ts';
import { type Prediction, predictRange } from '#kernels/ridge/predict.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface PredictInput {
  readonly features: Features;
  readonly model: { readonly weights: Float64Array; readonly P: Float64Array; readonly noiseVariance: number };
  readonly out: Prediction;
}

const ATOMS_PER_BLOCK = 4096;

export const predictTask: Task<PredictInput> = {
  prepare: ({ features, model, out }) =>
    function* (chunk, chunks) {
      const { count } = features;
      const end = chunkStart(count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(count, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        predictRange(features, model, from, to, out);
        yield to - from;
      }
    },
};
