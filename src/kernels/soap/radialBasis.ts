import { CholeskyDecomposition, LuDecomposition, Matrix } from 'ml-matrix';
import { badParameter } from '#data/errors.ts';
import type { SoapParameters } from './parameters.ts';

/** The radial functions g_nl(r) of GAP's equispaced Gaussian basis (SOAP-SPEC section 4). */
export interface RadialBasis {
  readonly nMax: number;
  readonly lMax: number;
  /** 1 / (2 sigma^2), Å^-2. */
  readonly alpha: number;
  /** [nMax] centres rho_a of the primitive Gaussians, Å; the first is 0. */
  readonly nodes: Float64Array;
  /** [nMax, nMax] Cholesky factor of the overlap of the primitives, S = L L^T, lower triangular. */
  readonly cholesky: Float64Array;
  /** [nMax, nMax] M = L^T C^-1: samples of a function on the nodes to its orthonormal coefficients. */
  readonly transform: Float64Array;
}

/** Below this, squared pivots of the overlap are rounding errors of its elements. */
const SMALLEST_PIVOT = 1e-13;

/** @throws Refusal (`bad-parameter`) where the primitives overlap so much that they are linearly dependent in float64. */
export function makeRadialBasis(parameters: SoapParameters): RadialBasis {
  const { nMax, lMax, cutoff, atomSigma, basisErrorExponent } = parameters;
  const alpha = 1 / (2 * atomSigma * atomSigma);
  const spacing = (cutoff + atomSigma * Math.sqrt(2 * basisErrorExponent * Math.LN10)) / nMax;
  const nodes = Float64Array.from({ length: nMax }, (_, a) => a * spacing);

  const collocation = Matrix.zeros(nMax, nMax);
  const overlap = Matrix.zeros(nMax, nMax);
  for (let a = 0; a < nMax; a++) {
    for (let b = 0; b < nMax; b++) {
      collocation.set(a, b, Math.exp(-alpha * (nodes[a]! - nodes[b]!) ** 2));
      overlap.set(a, b, overlapOfGaussians(alpha, nodes[a]!, nodes[b]!));
    }
  }
  const decomposition = new CholeskyDecomposition(overlap);
  const L = decomposition.lowerTriangularMatrix;
  const independent = L.diagonal().every((pivot, a) => pivot * pivot > SMALLEST_PIVOT * overlap.get(a, a));
  if (!decomposition.isPositiveDefinite() || !independent) {
    throw badParameter(
      `SOAP: ${nMax} radial functions of width ${atomSigma} Å within ${cutoff} Å are linearly dependent: ` +
        'take fewer (nMax) or narrower ones (atomSigma)',
    );
  }
  // C is symmetric, so L^T C^-1 = (C^-1 L)^T.
  const transform = new LuDecomposition(collocation).solve(L).transpose();
  return {
    nMax,
    lMax,
    alpha,
    nodes,
    cholesky: Float64Array.from(L.to1DArray()),
    transform: Float64Array.from(transform.to1DArray()),
  };
}

/** Integral over rho from 0 to infinity of phi_a phi_b rho^2, for Gaussians about `a` and `b`, Å^3 (SOAP-SPEC section 4). */
function overlapOfGaussians(alpha: number, a: number, b: number): number {
  const s = a + b;
  const d = a - b;
  const tail = (s / (8 * alpha)) * Math.exp(-alpha * (a * a + b * b));
  const scale = Math.sqrt(Math.PI / (2 * alpha)) / (8 * alpha);
  return tail + scale * (1 + alpha * s * s) * Math.exp((-alpha * d * d) / 2) * (1 + erf(s * Math.sqrt(alpha / 2)));
}

/** Error function for x >= 0 from the series 2/sqrt(pi) exp(-x^2) sum_k 2^k x^(2k+1) / (2k+1)!!, all terms positive. */
export function erf(x: number): number {
  if (x > 6) return 1;
  let term = x;
  let sum = x;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * exp(-x) i_l(x) for l = 0 .. out.length - 1 and x >= 0, i_l the modified spherical Bessel functions of the first kind.
 *
 * The ratios i_{l+1} / i_l = x / ((2l + 3) + x i_{l+2} / i_{l+1}) are taken downwards from where the next one no longer
 * matters. Every term is positive, so no digits are lost for x << l, where the upward recurrence loses them all.
 */
export function scaledBessel(x: number, out: Float64Array): void {
  const top = out.length - 1;
  let ratio = 0;
  // What is cut off at order l weakens by exp(-(l^2 - top^2) / x) on its way down: e^-40 here.
  for (let l = top + 16 + Math.ceil(Math.sqrt(40 * x)); l >= 0; l--) {
    ratio = x / (2 * l + 3 + x * ratio);
    if (l < top) out[l + 1] = ratio;
  }
  out[0] = x === 0 ? 1 : -Math.expm1(-2 * x) / (2 * x);
  for (let l = 1; l <= top; l++) out[l]! *= out[l - 1]!;
}

/**
 * g_nl(r) without the cutoff: sum_a M_na f_l(r; rho_a), with f_l = exp(-alpha (r - rho)^2) exp(-x) i_l(x) and
 * x = 2 alpha r rho (SOAP-SPEC section 4).
 *
 * @param values [lMax + 1, nMax] g_nl(r).
 * @param slopes The same for dg_nl/dr, Å^-1; left out where nobody needs it.
 */
export function radialFunctions(basis: RadialBasis, r: number, values: Float64Array, slopes?: Float64Array): void {
  const { nMax, lMax, alpha, nodes, transform } = basis;
  const bessel = new Float64Array(lMax + 2);
  values.fill(0);
  slopes?.fill(0);
  for (let a = 0; a < nMax; a++) {
    const rho = nodes[a]!;
    const gaussian = Math.exp(-alpha * (r - rho) ** 2);
    scaledBessel(2 * alpha * r * rho, bessel);
    for (let l = 0; l <= lMax; l++) {
      const f = gaussian * bessel[l]!;
      const neighbours = (l > 0 ? l * bessel[l - 1]! : 0) + (l + 1) * bessel[l + 1]!;
      const slope = 2 * alpha * ((rho * gaussian * neighbours) / (2 * l + 1) - r * f);
      for (let n = 0; n < nMax; n++) {
        const weight = transform[n * nMax + a]!;
        values[l * nMax + n]! += weight * f;
        if (slopes) slopes[l * nMax + n]! += weight * slope;
      }
    }
  }
}

/**
 * Weight of a neighbour at distance r (Å): the cosine switch of SOAP-SPEC section 3 times GAP's radial decay
 * rate / (rate + (r / scale)^dexp), which for rate = 0 is (scale / r)^dexp.
 */
export function neighbourWeight(parameters: SoapParameters, r: number): number {
  const { cutoff, cutoffTransitionWidth, cutoffDexp, cutoffScale, cutoffRate } = parameters;
  if (r >= cutoff) return 0;
  const into = (r - cutoff + cutoffTransitionWidth) / cutoffTransitionWidth;
  const fade = into <= 0 ? 1 : (1 + Math.cos(Math.PI * into)) / 2;
  if (cutoffDexp === 0) return fade;
  const decay = (r / cutoffScale) ** cutoffDexp;
  return cutoffRate === 0 ? fade / decay : (fade * cutoffRate) / (cutoffRate + decay);
}

/** The central atom's coefficient c_{n=1, l=0}; it is exactly the first primitive (SOAP-SPEC section 6). */
export function centralCoefficient(parameters: SoapParameters, basis: RadialBasis): number {
  return (parameters.centralWeight * basis.cholesky[0]!) / Math.sqrt(4 * Math.PI);
}
