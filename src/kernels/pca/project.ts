import bytes from './assembly/project.ts?wasm-bytes';
import { BLOCK_ROWS } from './secondMoment.ts';
import { instantiateKernel } from './wasm.ts';

/** Turns blocks of descriptors into scores. One a thread and job. */
export interface Projector {
  /** [BLOCK_ROWS, D] to be filled by the caller before each `project`, which leaves anything in it. */
  readonly block: Float64Array;
  /** [BLOCK_ROWS, d] float32, not whitened: what the last `project` found. */
  readonly scores: Float32Array;
  /** scores = components (x - mean) of the first `rows` rows of the block. */
  project(rows: number): void;
}

/** Plain float64 projector: each score adds its products in the order of the descriptor, then rounds to float32. */
export function makeReferenceProjector(mean: Float64Array, components: Float64Array): Projector {
  const dimension = mean.length;
  const count = components.length / dimension;
  const block = new Float64Array(BLOCK_ROWS * dimension);
  const scores = new Float32Array(BLOCK_ROWS * count);
  const x = new Float64Array(dimension);
  return {
    block,
    scores,
    project(rows) {
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < dimension; i++) x[i] = block[row * dimension + i]! - mean[i]!;
        for (let c = 0; c < count; c++) {
          let sum = 0;
          for (let i = 0; i < dimension; i++) sum += x[i]! * components[c * dimension + i]!;
          scores[row * count + c] = sum;
        }
      }
    },
  };
}

interface Exports {
  centre(block: number, mean: number, rows: number, width: number): void;
  multiply(block: number, components: number, scores: number, rows: number, width: number, count: number): void;
}

/**
 * `makeReferenceProjector` in WebAssembly, where there is SIMD: the same bits, faster.
 *
 * @param mean [D].
 * @param components [d, D] in rows.
 */
export function makeProjector(mean: Float64Array, components: Float64Array): Projector {
  const dimension = mean.length;
  const count = components.length / dimension;
  const layout = {
    block: { type: 'float64', length: BLOCK_ROWS * dimension },
    mean: { type: 'float64', length: dimension },
    panels: { type: 'float64', length: Math.ceil(count / 4) * 4 * dimension },
    scores: { type: 'float32', length: BLOCK_ROWS * count },
  } as const;
  const kernel = instantiateKernel<typeof layout, Exports>(bytes, layout);
  if (!kernel) return makeReferenceProjector(mean, components);
  const { arrays, addressOf, exports } = kernel;
  arrays.mean.set(mean);
  for (let c = 0; c < count; c++) {
    const panel = (c >> 2) * 4 * dimension + (c & 3);
    for (let i = 0; i < dimension; i++) arrays.panels[panel + 4 * i] = components[c * dimension + i]!;
  }
  return {
    block: arrays.block,
    scores: arrays.scores,
    project(rows) {
      exports.centre(addressOf('block'), addressOf('mean'), rows, dimension);
      exports.multiply(addressOf('block'), addressOf('panels'), addressOf('scores'), rows, dimension, count);
    },
  };
}
