import type { Arithmetic } from '../wasm/arithmetic.ts';
import type { KernelMemory } from '../wasm/kernelMemory.ts';
import plain from './assembly/project.ts?wasm-bytes';
import relaxed from './assembly/project.ts?wasm-bytes&relaxed';
import type { DescriptorBlock } from './descriptorBlock.ts';

/** Turns blocks of descriptors, which others write, into scores. One a thread and job. */
export interface Projector {
  /** [BLOCK_ROWS, d] float32, not whitened: what the last `project` found. */
  readonly scores: Float32Array;
  /** scores = components (x - mean) of the first `rows` rows of the block. */
  project(rows: number): void;
}

/** Plain float64 projector: each score adds its products in the order of the descriptor, then rounds to float32. */
export function makeReferenceProjector(
  block: DescriptorBlock,
  mean: Float64Array,
  components: Float64Array,
): Projector {
  const { dimension, stride } = block;
  const count = components.length / dimension;
  const scores = new Float32Array(block.rows * count);
  const x = new Float64Array(dimension);
  return {
    scores,
    project(rows) {
      const descriptors = block.array.view;
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < dimension; i++) x[i] = descriptors[row * stride + i]! - mean[i]!;
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
  project(
    block: number,
    mean: number,
    components: number,
    offset: number,
    centred: number,
    scores: number,
    rows: number,
    width: number,
    count: number,
  ): void;
}

/** What the kernel takes at a time. */
const TILE_ROWS = 4;
const TILE_COMPONENTS = 2;

/**
 * The projector for this arithmetic. In WebAssembly 32 products at a time are summed in float32 and these sums in float64:
 * a score is off by 1e-8 of the length of x - mean, less than what float32 has left in a descriptor. The block stays as it
 * is.
 *
 * @param mean [D].
 * @param components [d, D] in rows.
 */
export function makeProjector(
  memory: KernelMemory,
  block: DescriptorBlock,
  mean: Float64Array,
  components: Float64Array,
  arithmetic: Arithmetic,
): Projector {
  if (arithmetic === 'float64') return makeReferenceProjector(block, mean, components);
  const { dimension, stride } = block;
  const count = components.length / dimension;
  const padded = Math.ceil(count / TILE_COMPONENTS) * TILE_COMPONENTS;
  const means = memory.reserve('float32', stride);
  const loadings = memory.reserve('float32', padded * stride);
  const offset = memory.reserve('float64', padded);
  const centred = memory.reserve('float32', TILE_ROWS * stride);
  const scores = memory.reserve('float32', block.rows * count);
  const kernel = memory.instantiate<Exports>(arithmetic === 'relaxed' ? relaxed : plain);
  means.view.set(mean);
  for (let c = 0; c < count; c++) {
    const component = components.subarray(c * dimension, (c + 1) * dimension);
    loadings.view.set(component, c * stride);
    offset.view[c] = component.reduce((sum, value, i) => sum + value * (means.view[i]! - mean[i]!), 0);
  }
  return {
    get scores() {
      return scores.view;
    },
    project(rows) {
      kernel.project(
        block.array.address,
        means.address,
        loadings.address,
        offset.address,
        centred.address,
        scores.address,
        rows,
        stride,
        count,
      );
    },
  };
}
