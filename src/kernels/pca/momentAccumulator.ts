import type { Arithmetic } from '../wasm/arithmetic.ts';
import type { KernelMemory } from '../wasm/kernelMemory.ts';
import plain from './assembly/secondMoment.ts?wasm-bytes';
import relaxed from './assembly/secondMoment.ts?wasm-bytes&relaxed';
import type { DescriptorBlock } from './descriptorBlock.ts';
import { type MomentAccumulator, makeReferenceAccumulator } from './secondMoment.ts';

/** Columns of a panel. */
const PANEL = 8;

interface Exports {
  pack(block: number, shift: number, sum: number, panels: number, rows: number, stride: number): void;
  update(panels: number, products: number, rows: number, padded: number): void;
}

/**
 * The accumulator for this arithmetic. In WebAssembly products are summed in float32 over a block and in float64 over
 * blocks; so the result depends on how rows are cut into blocks, which is therefore fixed.
 *
 * @param shift [D] float32 numbers; see `makeReferenceAccumulator`.
 */
export function makeMomentAccumulator(
  memory: KernelMemory,
  block: DescriptorBlock,
  shift: Float64Array,
  arithmetic: Arithmetic,
): MomentAccumulator {
  if (arithmetic === 'float64') return makeReferenceAccumulator(block, shift);
  const { dimension, stride, rows: most } = block;
  const padded = Math.ceil(dimension / PANEL) * PANEL;
  const shifts = memory.reserve('float32', stride);
  const sum = memory.reserve('float64', stride);
  const panels = memory.reserve('float32', most * padded);
  const products = memory.reserve('float64', padded * padded);
  const kernel = memory.instantiate<Exports>(arithmetic === 'relaxed' ? relaxed : plain);
  shifts.view.set(shift);
  let count = 0;
  return {
    add(rows) {
      // Panels of a shorter block lie closer together: clear what the padding columns held.
      if (padded !== stride) panels.view.fill(0, (padded - PANEL) * rows, padded * rows);
      kernel.pack(block.array.address, shifts.address, sum.address, panels.address, rows, stride);
      kernel.update(panels.address, products.address, rows, padded);
      count += rows;
    },
    drain(out) {
      out[0] = count;
      out.set(sum.view.subarray(0, dimension), 1);
      let at = 1 + dimension;
      for (let i = 0; i < dimension; i++) {
        const row = products.view.subarray(i * padded + i, i * padded + dimension);
        out.set(row, at);
        at += row.length;
      }
      sum.view.fill(0);
      products.view.fill(0);
      count = 0;
    },
  };
}
