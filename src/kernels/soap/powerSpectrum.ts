import type { SoapParameters } from './parameters.ts';

/**
 * Power spectrum of expansion coefficients (SOAP-SPEC section 7):
 * p_kk'l = (2l+1)^(-1/2) sum_m c_klm c_k'lm for k' <= k, times sqrt 2 if k' != k, at [k (k-1) / 2 + k' - 1] (l_max+1) + l.
 *
 * @param c [nMax, (lMax + 1)^2] coefficients; (l, m) at l^2 + l + m.
 * @param out Written from `offset` on: nMax (nMax + 1) / 2 (lMax + 1) numbers.
 */
export function powerSpectrum(c: Float64Array, nMax: number, lMax: number, out: Float64Array, offset: number): void {
  const harmonics = (lMax + 1) ** 2;
  let at = offset;
  for (let k = 0; k < nMax; k++) {
    for (let other = 0; other <= k; other++) {
      for (let l = 0; l <= lMax; l++) {
        let sum = 0;
        for (let lm = l * l; lm < (l + 1) ** 2; lm++) sum += c[k * harmonics + lm]! * c[other * harmonics + lm]!;
        out[at++] = (sum / Math.sqrt(2 * l + 1)) * (other === k ? 1 : Math.SQRT2);
      }
    }
  }
}

/**
 * Normalise a power spectrum in place and set its last element (SOAP-SPEC section 8). Where GAP would divide 0 by 0 (no
 * neighbour and no weight on the centre) it stays zero.
 */
export function finishDescriptor(
  { normalise, covarianceSigma0 }: SoapParameters,
  out: Float64Array,
  offset: number,
  dimension: number,
): void {
  const last = offset + dimension - 1;
  if (normalise) {
    let norm2 = 0;
    for (let i = offset; i < last; i++) norm2 += out[i]! * out[i]!;
    const scale = norm2 > 0 ? 1 / Math.sqrt(norm2) : 0;
    for (let i = offset; i < last; i++) out[i]! *= scale;
  }
  out[last] = covarianceSigma0;
}
