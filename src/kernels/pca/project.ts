import type { Arithmetic } from '../wasm/arithmetic.ts';
import type { KernelMemory } from '../wasm/kernelMemory.ts';
import bytes from './assembly/project.ts?wasm-bytes';
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
  centre(block: number, mean: number, centred: number, rows: number, width: number, stride: number): void;
  multiply(centred: number, components: number, scores: number, rows: number, width: number, count: number): void;
}

/**
 * `makeReferenceProjector` in WebAssembly, where the arithmetic allows it: the same bits, faster. It stays in float64:
 * the last components are a thousandth of the first, and float32 sums would leave them few digits.
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
  const means = memory.reserve('float64', dimension);
  const panels = memory.reserve('float64', Math.ceil(count / 4) * 4 * dimension);
  const centred = memory.reserve('float64', block.rows * dimension);
  const scores = memory.reserve('float32', block.rows * count);
  const kernel = memory.instantiate<Exports>(bytes);
  means.view.set(mean);
  for (let c = 0; c < count; c++) {
    const panel = (c >> 2) * 4 * dimension + (c & 3);
    for (let i = 0; i < dimension; i++) panels.view[panel + 4 * i] = components[c * dimension + i]!;
  }
  return {
    get scores() {
      return scores.view;
    },
    project(rows) {
      kernel.centre(block.array.address, means.address, centred.address, rows, dimension, stride);
      kernel.multiply(centred.address, panels.address, scores.address, rows, dimension, count);
    },
  };
}
