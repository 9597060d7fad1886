import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { canRun, KernelMemory } from '../wasm/kernelMemory.ts';
import bytes from './assembly/linear.ts?wasm-bytes';
import { BLOCK_ROWS, FeatureBlock } from './featureBlock.ts';

/** What errors are measured against. */
export interface Labels {
  /** Rows to look at. */
  readonly rows: Uint32Array;
  /** [n] eV relative to bulk, by row; atoms where it is NaN are left out. */
  readonly label: Float64Array;
}

/** Sums of squares and largest of |prediction - label| for many weight vectors at once. */
export interface ErrorSums {
  /** [models] eV^2. */
  readonly squares: Float64Array;
  /** [models] eV. */
  readonly largest: Float64Array;
}

/** Adds up the errors of many models, so that one pass over the features serves every point of every error curve. */
export interface ErrorMeter {
  /** Add the errors at `rows[from ... to)`. */
  add(from: number, to: number): void;
  /** Write what was added since the last call to `out`, and start again from zero. */
  drain(out: ErrorSums): void;
}

/** Plain float64 meter of weight vectors [models, D]. */
export function makeReferenceErrorMeter(features: Features, weights: Float64Array, labels: Labels): ErrorMeter {
  const D = featureCount(features);
  const models = weights.length / D;
  const squares = new Float64Array(models);
  const largest = new Float64Array(models);
  const x = new Float64Array(D);
  return {
    add(from, to) {
      for (let k = from; k < to; k++) {
        const row = labels.rows[k]!;
        const reference = labels.label[row]!;
        if (Number.isNaN(reference)) continue;
        copyFeatures(features, row, x);
        for (let model = 0; model < models; model++) {
          let energy = 0;
          for (let i = 0; i < D; i++) energy += weights[model * D + i]! * x[i]!;
          const error = Math.abs(energy - reference);
          squares[model]! += error * error;
          if (error > largest[model]!) largest[model] = error;
        }
      }
    },
    drain: (out) => drainSums(squares, largest, out),
  };
}

interface Exports {
  addErrors(
    block: number,
    label: number,
    weights: number,
    scratch: number,
    squares: number,
    largest: number,
    rows: number,
    D: number,
    panels: number,
  ): void;
}

/** `makeReferenceErrorMeter` in WebAssembly, where there is SIMD: the same bits, several times faster. */
export function makeErrorMeter(features: Features, weights: Float64Array, labels: Labels): ErrorMeter {
  if (!canRun(bytes)) return makeReferenceErrorMeter(features, weights, labels);
  const memory = new KernelMemory();
  const vectors = new FeatureBlock(features, memory);
  const { address, panels } = vectors.reservePanels(weights);
  const reference = memory.reserve('float64', BLOCK_ROWS);
  const squares = memory.reserve('float64', panels * 4);
  const largest = memory.reserve('float64', panels * 4);
  const kernel = memory.instantiate<Exports>(bytes);
  const { block, scratch } = vectors;
  const D = featureCount(features);
  const models = weights.length / D;
  const addBlock = (rows: number) =>
    kernel.addErrors(
      block.address,
      reference.address,
      address,
      scratch.address,
      squares.address,
      largest.address,
      rows,
      D,
      panels,
    );
  return {
    add(from, to) {
      let filled = 0;
      for (let k = from; k < to; k++) {
        const row = labels.rows[k]!;
        const label = labels.label[row]!;
        if (Number.isNaN(label)) continue;
        vectors.load(row, filled);
        reference.view[filled++] = label;
        if (filled < BLOCK_ROWS) continue;
        addBlock(filled);
        filled = 0;
      }
      if (filled > 0) addBlock(filled);
    },
    drain: (out) => drainSums(squares.view.subarray(0, models), largest.view.subarray(0, models), out),
  };
}

function drainSums(squares: Float64Array, largest: Float64Array, out: ErrorSums): void {
  out.squares.set(squares);
  out.largest.set(largest);
  squares.fill(0);
  largest.fill(0);
}
