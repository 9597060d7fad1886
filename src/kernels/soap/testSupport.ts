import type { Arithmetic } from '../wasm/arithmetic.ts';
import { KernelMemory } from '../wasm/kernelMemory.ts';
import type { SoapParameters } from './parameters.ts';
import { soapDimension } from './parameters.ts';
import { SimdSoap } from './simd.ts';
import type { Neighbours } from './tabulated.ts';

const MOST_NEIGHBOURS = 512;

/** The block kernel for one atom at a time, so that it can stand beside the others in tests. */
export function makeSingleSimd(parameters: SoapParameters, arithmetic: Exclude<Arithmetic, 'float64'> = 'float32') {
  const memory = new KernelMemory();
  const dimension = soapDimension(parameters);
  const stride = Math.ceil(dimension / 4) * 4;
  const block = memory.reserve('float32', stride);
  const arrays = {
    start: memory.reserve('uint32', 2),
    dx: memory.reserve('float64', MOST_NEIGHBOURS),
    dy: memory.reserve('float64', MOST_NEIGHBOURS),
    dz: memory.reserve('float64', MOST_NEIGHBOURS),
    distance2: memory.reserve('float64', MOST_NEIGHBOURS),
  };
  const kernel = new SimdSoap(parameters, memory, arithmetic);
  return ({ count, dx, dy, dz, distance2 }: Neighbours): Float64Array => {
    let within = 0;
    for (let j = 0; j < count; j++) {
      // A search leaves out what lies at the cutoff or beyond.
      if (distance2[j]! >= parameters.cutoff ** 2) continue;
      arrays.dx.view[within] = dx[j]!;
      arrays.dy.view[within] = dy[j]!;
      arrays.dz.view[within] = dz[j]!;
      arrays.distance2.view[within++] = distance2[j]!;
    }
    arrays.start.view[1] = within;
    kernel.describe(arrays, 1, block, stride);
    return Float64Array.from(block.view.subarray(0, dimension));
  };
}
