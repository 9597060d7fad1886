import { badParameter } from '#data/errors.ts';
import plainProbe from './assembly/probe.ts?wasm-bytes';
import relaxedProbe from './assembly/probe.ts?wasm-bytes&relaxed';
import { canRun } from './kernelMemory.ts';

/**
 * How descriptors and their covariance are computed. `float32`: WebAssembly with SIMD, the same bits everywhere.
 * `relaxed`: the same with fused multiply-add where the processor has it, which rounds differently from machine to
 * machine. `float64`: plain TypeScript, slow.
 */
export const ARITHMETICS = ['float32', 'relaxed', 'float64'] as const;
export type Arithmetic = (typeof ARITHMETICS)[number];

/**
 * What of `wanted` this platform can do: `float64` stands in for `float32` where there is no SIMD.
 * @throws Refusal (`bad-parameter`) where relaxed SIMD is asked for and not there: it must not be replaced silently.
 */
export function availableArithmetic(wanted: Arithmetic): Arithmetic {
  if (wanted === 'relaxed' && !canRun(relaxedProbe)) {
    throw badParameter('Arithmetic (--arithmetic): there is no relaxed SIMD on this platform: take float32');
  }
  return wanted === 'float32' && !canRun(plainProbe) ? 'float64' : wanted;
}
