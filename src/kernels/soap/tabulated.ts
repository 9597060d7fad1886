import type { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import { Harmonics } from './harmonics.ts';
import { checkSoapParameters, type SoapParameters, soapDimension } from './parameters.ts';
import { finishDescriptor } from './powerSpectrum.ts';
import { centralCoefficient, makeRadialBasis, neighbourWeight } from './radialBasis.ts';
import { tabulateRadial } from './radialTable.ts';

/**
 * Intervals of the table per width of a Gaussian. The error falls with the fourth power: 128 (that is 1024 intervals for
 * the paper's parameters) leave 1.5e-11 of the descriptor (SOAP-SPEC section 10).
 */
const INTERVALS_PER_SIGMA = 128;

/** Radial channels summed together: the paper's n_max is two tiles, and five sums fit the registers. */
const TILE = 5;

/** Neighbours of one atom: what a search has left in its finder. */
export type Neighbours = Pick<NeighbourFinder, 'count' | 'dx' | 'dy' | 'dz' | 'distance2'>;

/**
 * SOAP by table, float64: bare g_nl(r) from cubic Hermite pieces (SOAP-SPEC section 10 a), then the same sums as
 * `makeReferenceSoap` in an order that suits caches and registers. One object a thread: it owns its scratch arrays.
 */
export class TabulatedSoap {
  readonly parameters: SoapParameters;
  readonly dimension: number;
  readonly #harmonics: Harmonics;
  readonly #central: number;
  /** n_max, filled up with zeros to whole tiles. */
  readonly #channels: number;
  readonly #intervals: number;
  readonly #intervalsPerLength: number;
  /** [intervals + 1, 2, (lMax + 1) channels]: values, then interval length times slopes. */
  readonly #table: Float64Array;
  /** [neighbours, (lMax + 1) channels] radial part G_nl of each neighbour. */
  #radial = new Float64Array(0);
  /** [neighbours, (lMax + 1)^2] angular part of each neighbour. */
  #angular = new Float64Array(0);
  /** [(lMax + 1)^2, channels] coefficients c_nlm. */
  readonly #coefficients: Float64Array;

  /** @throws Refusal (`bad-parameter`), see `checkSoapParameters` and `makeRadialBasis`. */
  constructor(parameters: SoapParameters) {
    checkSoapParameters(parameters);
    const { nMax, lMax, cutoff, atomSigma } = parameters;
    const basis = makeRadialBasis(parameters);
    const intervals = Math.ceil((INTERVALS_PER_SIGMA * cutoff) / atomSigma);
    this.parameters = parameters;
    this.dimension = soapDimension(parameters);
    this.#harmonics = new Harmonics(lMax);
    this.#central = centralCoefficient(parameters, basis);
    this.#channels = Math.ceil(nMax / TILE) * TILE;
    this.#intervals = intervals;
    this.#intervalsPerLength = intervals / cutoff;
    this.#table = tabulateRadial(basis, cutoff, intervals, this.#channels);
    this.#coefficients = new Float64Array(this.#harmonics.count * this.#channels);
  }

  /** Write the descriptor of an atom with these neighbours to `out[offset ... offset + dimension)`. */
  describe(neighbours: Neighbours, out: Float64Array, offset: number): void {
    this.#expand(this.#gather(neighbours));
    this.#powerSpectrum(out, offset);
    finishDescriptor(this.parameters, out, offset, this.dimension);
  }

  /** Radial and angular parts of every neighbour within the cutoff; how many there are. */
  #gather(neighbours: Neighbours): number {
    this.#reserve(neighbours.count);
    const { dx, dy, dz, distance2 } = neighbours;
    const { cutoff, lMax } = this.parameters;
    const harmonics = this.#harmonics;
    const radial = this.#radial;
    const angular = this.#angular;
    const table = this.#table;
    const width = (lMax + 1) * this.#channels;
    let count = 0;
    for (let j = 0; j < neighbours.count; j++) {
      const r = Math.sqrt(distance2[j]!);
      if (r >= cutoff) continue;
      const scaled = r * this.#intervalsPerLength;
      // Just below the cutoff the product may round up to the end of the table.
      const interval = Math.min(Math.floor(scaled), this.#intervals - 1);
      const t = scaled - interval;
      const u = 1 - t;
      // Hermite's four polynomials, each times the neighbour's weight.
      const weight = neighbourWeight(this.parameters, r);
      const value0 = weight * (1 + 2 * t) * u * u;
      const slope0 = weight * t * u * u;
      const value1 = weight * (1 + 2 * u) * t * t;
      const slope1 = -weight * u * t * t;
      const from = 2 * width * interval;
      const to = count * width;
      for (let k = 0; k < width; k++) {
        radial[to + k] =
          value0 * table[from + k]! +
          slope0 * table[from + width + k]! +
          value1 * table[from + 2 * width + k]! +
          slope1 * table[from + 3 * width + k]!;
      }
      harmonics.evaluate(dx[j]! / r, dy[j]! / r, dz[j]! / r, angular, count * harmonics.count);
      count++;
    }
    return count;
  }

  /** c_nlm = sum_j G_nl(j) Y_lm(j), plus the central atom (SOAP-SPEC section 6). Sums of a tile stay in registers. */
  #expand(neighbours: number): void {
    const c = this.#coefficients;
    const radial = this.#radial;
    const angular = this.#angular;
    const channels = this.#channels;
    const { lMax } = this.parameters;
    const harmonics = this.#harmonics.count;
    const width = (lMax + 1) * channels;
    const end = neighbours * harmonics;
    for (let l = 0; l <= lMax; l++) {
      for (let n = 0; n < channels; n += TILE) {
        for (let lm = l * l; lm < (l + 1) * (l + 1); lm++) {
          let c0 = 0;
          let c1 = 0;
          let c2 = 0;
          let c3 = 0;
          let c4 = 0;
          for (let y = lm, g = l * channels + n; y < end; y += harmonics, g += width) {
            const Y = angular[y]!;
            c0 += Y * radial[g]!;
            c1 += Y * radial[g + 1]!;
            c2 += Y * radial[g + 2]!;
            c3 += Y * radial[g + 3]!;
            c4 += Y * radial[g + 4]!;
          }
          const to = lm * channels + n;
          c[to] = c0;
          c[to + 1] = c1;
          c[to + 2] = c2;
          c[to + 3] = c3;
          c[to + 4] = c4;
        }
      }
    }
    c[0]! += this.#central;
  }

  /** The numbers of powerSpectrum.ts, with the coefficients the other way round and a tile of k' at a time. */
  #powerSpectrum(out: Float64Array, offset: number): void {
    const c = this.#coefficients;
    const channels = this.#channels;
    const { nMax, lMax } = this.parameters;
    const stride = lMax + 1;
    for (let l = 0; l <= lMax; l++) {
      const scale = Math.SQRT2 / Math.sqrt(2 * l + 1);
      const first = l * l * channels;
      const end = (l + 1) * (l + 1) * channels;
      for (let k = 0; k < nMax; k++) {
        const row = offset + ((k * (k + 1)) / 2) * stride + l;
        for (let other = 0; other <= k; other += TILE) {
          let p0 = 0;
          let p1 = 0;
          let p2 = 0;
          let p3 = 0;
          let p4 = 0;
          for (let at = first; at < end; at += channels) {
            const own = c[at + k]!;
            p0 += own * c[at + other]!;
            p1 += own * c[at + other + 1]!;
            p2 += own * c[at + other + 2]!;
            p3 += own * c[at + other + 3]!;
            p4 += own * c[at + other + 4]!;
          }
          const to = row + other * stride;
          const wanted = k - other;
          out[to] = scale * p0;
          if (wanted > 0) out[to + stride] = scale * p1;
          if (wanted > 1) out[to + 2 * stride] = scale * p2;
          if (wanted > 2) out[to + 3 * stride] = scale * p3;
          if (wanted > 3) out[to + 4 * stride] = scale * p4;
        }
        out[row + k * stride]! *= Math.SQRT1_2;
      }
    }
  }

  #reserve(neighbours: number): void {
    const harmonics = this.#harmonics.count;
    if (neighbours * harmonics <= this.#angular.length) return;
    this.#angular = new Float64Array(2 * neighbours * harmonics);
    this.#radial = new Float64Array(2 * neighbours * (this.parameters.lMax + 1) * this.#channels);
  }
}
