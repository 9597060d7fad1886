import { type RadialBasis, radialFunctions } from './radialBasis.ts';

/**
 * The bare g_nl(r) on equispaced nodes of [0, cutoff], for cubic Hermite pieces (SOAP-SPEC section 10 a).
 *
 * @param channels n_max, or more: the rest is zero.
 * @returns [intervals + 1, 2, lMax + 1, channels]: values, then interval length times slopes.
 */
export function tabulateRadial(basis: RadialBasis, cutoff: number, intervals: number, channels: number): Float64Array {
  const { nMax, lMax } = basis;
  const width = (lMax + 1) * channels;
  const spacing = cutoff / intervals;
  const table = new Float64Array((intervals + 1) * 2 * width);
  const values = new Float64Array((lMax + 1) * nMax);
  const slopes = new Float64Array((lMax + 1) * nMax);
  for (let node = 0; node <= intervals; node++) {
    radialFunctions(basis, node * spacing, values, slopes);
    for (let l = 0; l <= lMax; l++) {
      for (let n = 0; n < nMax; n++) {
        const at = 2 * width * node + l * channels + n;
        table[at] = values[l * nMax + n]!;
        table[at + width] = spacing * slopes[l * nMax + n]!;
      }
    }
  }
  return table;
}
