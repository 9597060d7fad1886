import type { Arithmetic } from '../wasm/arithmetic.ts';
import type { KernelMemory } from '../wasm/kernelMemory.ts';
import plain from './assembly/secondMoment.ts?wasm-bytes';
import relaxed from './assembly/secondMoment.ts?wasm-bytes&relaxed';
import type { DescriptorBlock } from './descriptorBlock.ts';
import { type MomentAccumulator, makeReferenceAccumulator } from './secondMoment.ts';

/** Rows of the block in a vector register. */
const LANES = 4;
/** The kernel sums so many products at a time. */
const TILE_ROWS = 4;
const TILE_COLUMNS = 2;

interface Exports {
  pack(block: number, shift: number, sum: number, panels: number, rows: number, columns: number): void;
  update(panels: number, products: number, rows: number, columns: number): void;
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
  const shifts = memory.reserve('float32', stride);
  const sum = memory.reserve('float64', stride);
  const panels = memory.reserve('float32', most * stride);
  const products = memory.reserve('float64', (stride * (stride + TILE_ROWS)) / 2);
  const kernel = memory.instantiate<Exports>(arithmetic === 'relaxed' ? relaxed : plain);
  shifts.view.set(shift);
  let count = 0;
  return {
    add(rows) {
      const whole = Math.ceil(rows / LANES) * LANES;
      // Rows equal to the shift add nothing.
      for (let row = rows; row < whole; row++) block.array.view.set(shifts.view, row * stride);
      kernel.pack(block.array.address, shifts.address, sum.address, panels.address, whole, stride);
      kernel.update(panels.address, products.address, whole, stride);
      count += rows;
    },
    drain(out) {
      out[0] = count;
      out.set(sum.view.subarray(0, dimension), 1);
      // Tile by tile, in the order of `update`.
      const tiles = products.view;
      let tile = 0;
      for (let top = 0; top < stride; top += TILE_ROWS) {
        for (let left = top; left < stride; left += TILE_COLUMNS) {
          for (let row = 0; row < TILE_ROWS; row++) {
            for (let column = 0; column < TILE_COLUMNS; column++, tile++) {
              const [i, j] = [top + row, left + column];
              if (i <= j && j < dimension) out[1 + dimension + i * dimension - (i * (i + 1)) / 2 + j] = tiles[tile]!;
            }
          }
        }
      }
      sum.view.fill(0);
      products.view.fill(0);
      count = 0;
    },
  };
}
