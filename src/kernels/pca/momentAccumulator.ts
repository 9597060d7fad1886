import bytes from './assembly/secondMoment.ts?wasm-bytes';
import { BLOCK_ROWS, type MomentAccumulator, makeReferenceAccumulator } from './secondMoment.ts';
import { instantiateKernel } from './wasm.ts';

interface Exports {
  pack(block: number, shift: number, sum: number, panels: number, rows: number, width: number): void;
  update(panels: number, products: number, rows: number, padded: number): void;
}

/** `makeReferenceAccumulator` in WebAssembly, where there is SIMD: the same bits, several times faster. */
export function makeMomentAccumulator(shift: Float64Array): MomentAccumulator {
  const dimension = shift.length;
  const padded = Math.ceil(dimension / 4) * 4;
  const float64 = (length: number) => ({ type: 'float64', length }) as const;
  const layout = {
    block: float64(BLOCK_ROWS * dimension),
    shift: float64(dimension),
    sum: float64(dimension),
    panels: float64(BLOCK_ROWS * padded),
    products: float64(padded * padded),
  };
  const kernel = instantiateKernel<typeof layout, Exports>(bytes, layout);
  if (!kernel) return makeReferenceAccumulator(shift);
  const { arrays, addressOf, exports } = kernel;
  arrays.shift.set(shift);
  let count = 0;
  return {
    block: arrays.block,
    add(rows) {
      // Panels of a shorter block lie closer together: clear what the padding columns held.
      if (padded !== dimension) arrays.panels.fill(0, (padded - 4) * rows, padded * rows);
      exports.pack(addressOf('block'), addressOf('shift'), addressOf('sum'), addressOf('panels'), rows, dimension);
      exports.update(addressOf('panels'), addressOf('products'), rows, padded);
      count += rows;
    },
    drain(out) {
      out[0] = count;
      out.set(arrays.sum, 1);
      let at = 1 + dimension;
      for (let i = 0; i < dimension; i++) {
        const row = arrays.products.subarray(i * padded + i, i * padded + dimension);
        out.set(row, at);
        at += row.length;
      }
      arrays.sum.fill(0);
      arrays.products.fill(0);
      count = 0;
    },
  };
}
