import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { canRun, KernelMemory } from '../wasm/kernelMemory.ts';
import bytes from './assembly/linear.ts?wasm-bytes';
import { BLOCK_ROWS, FeatureBlock } from './featureBlock.ts';

/** What of a fit predictions need. */
export interface LinearModel {
  /** [D]. */
  readonly weights: Float64Array;
  /** [D, D] (X^T X + lambda I)^-1. */
  readonly P: Float64Array;
  /** s^2, eV^2; NaN where it cannot be estimated. */
  readonly noiseVariance: number;
}

export interface Prediction {
  /** [n] eV relative to bulk. */
  readonly energy: Float32Array;
  /** [n] s sqrt(x.P x), eV: standard deviation of the mean prediction; NaN where s cannot be estimated. */
  readonly sigma: Float32Array;
  /** [n] sqrt(x.P x): the same without s. */
  readonly sigmaRelative: Float32Array;
}

/** Energy and uncertainty of rows [from, to) (METHOD section 2), written to `out` by row. One a thread and job. */
export type Predictor = (from: number, to: number, out: Prediction) => void;

/** Plain float64 predictor. */
export function makeReferencePredictor(features: Features, { weights, P, noiseVariance }: LinearModel): Predictor {
  const D = featureCount(features);
  const noise = Math.sqrt(noiseVariance);
  const x = new Float64Array(D);
  return (from, to, out) => {
    for (let row = from; row < to; row++) {
      copyFeatures(features, row, x);
      let energy = 0;
      let variance = 0;
      for (let i = 0; i < D; i++) {
        energy += weights[i]! * x[i]!;
        let sum = 0;
        for (let j = 0; j < D; j++) sum += P[i * D + j]! * x[j]!;
        variance += sum * x[i]!;
      }
      writePrediction(out, row, energy, variance, noise);
    }
  };
}

interface Exports {
  predict(
    block: number,
    weights: number,
    P: number,
    scratch: number,
    energy: number,
    variance: number,
    rows: number,
    D: number,
  ): void;
}

/** `makeReferencePredictor` in WebAssembly, where there is SIMD: the same bits, faster. */
export function makePredictor(features: Features, model: LinearModel): Predictor {
  if (!canRun(bytes)) return makeReferencePredictor(features, model);
  const memory = new KernelMemory();
  const vectors = new FeatureBlock(features, memory);
  const weights = vectors.reservePanels(model.weights);
  const P = vectors.reservePanels(model.P);
  const energy = memory.reserve('float64', BLOCK_ROWS);
  const variance = memory.reserve('float64', BLOCK_ROWS);
  const kernel = memory.instantiate<Exports>(bytes);
  const { block, scratch } = vectors;
  const D = featureCount(features);
  const noise = Math.sqrt(model.noiseVariance);
  return (from, to, out) => {
    for (let start = from; start < to; start += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, to - start);
      for (let k = 0; k < rows; k++) vectors.load(start + k, k);
      kernel.predict(
        block.address,
        weights.address,
        P.address,
        scratch.address,
        energy.address,
        variance.address,
        rows,
        D,
      );
      for (let k = 0; k < rows; k++) writePrediction(out, start + k, energy.view[k]!, variance.view[k]!, noise);
    }
  };
}

function writePrediction(out: Prediction, row: number, energy: number, variance: number, noise: number): void {
  const relative = Math.sqrt(Math.max(0, variance));
  out.energy[row] = energy;
  out.sigmaRelative[row] = relative;
  out.sigma[row] = noise * relative;
}
