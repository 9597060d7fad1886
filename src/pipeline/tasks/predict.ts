import type { Features } from '#data/features.ts';
import { type LinearModel, makePredictor, type Prediction } from '#kernels/ridge/predict.ts';
import { chunkStart } from '../executor.ts';
import { blocks, type Task } from './task.ts';

export interface PredictInput {
  readonly features: Features;
  readonly model: LinearModel;
  readonly out: Prediction;
}

const ATOMS_PER_BLOCK = 4096;

export const predictTask: Task<PredictInput> = {
  prepare: ({ features, model, out }) => {
    const predict = makePredictor(features, model);
    return function* (chunk, chunks) {
      const { count } = features;
      const end = chunkStart(count, chunk + 1, chunks);
      for (const [from, to] of blocks(chunkStart(count, chunk, chunks), end, ATOMS_PER_BLOCK)) {
        predict(from, to, out);
        yield to - from;
      }
    };
  },
};
