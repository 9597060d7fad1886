import type { NeighbourArrays } from '../cellList/blockNeighbours.ts';
import type { Arithmetic } from '../wasm/arithmetic.ts';
import type { KernelArray, KernelMemory } from '../wasm/kernelMemory.ts';
import plain from './assembly/soap.ts?wasm-bytes';
import relaxed from './assembly/soap.ts?wasm-bytes&relaxed';
import { harmonicsRecurrence } from './harmonics.ts';
import { checkSoapParameters, type SoapParameters, soapDimension } from './parameters.ts';
import { centralCoefficient, makeRadialBasis } from './radialBasis.ts';
import { tabulateRadial } from './radialTable.ts';

/**
 * Intervals of the table per width of a Gaussian: 256 for the paper's parameters, below which float32 is what limits
 * (SOAP-SPEC section 10).
 */
const INTERVALS_PER_SIGMA = 32;
/** Numbers in a vector register. */
const LANES = 4;

interface Exports {
  configure(
    nMax: number,
    lMax: number,
    channels: number,
    cutoff: number,
    fadeWidth: number,
    intervals: number,
    central: number,
    normalise: boolean,
    lastElement: number,
  ): void;
  setTables(
    table: number,
    diagonal: number,
    up: number,
    back: number,
    componentAddress: number,
    componentScale: number,
    coefficients: number,
    gram: number,
  ): void;
  setScratch(interval: number, hermite: number, radial: number, angular: number, reach: number): void;
  describe(
    start: number,
    dx: number,
    dy: number,
    dz: number,
    distance2: number,
    atoms: number,
    out: number,
    stride: number,
  ): void;
}

/**
 * SOAP of blocks of atoms by WebAssembly in float32: distances and unit vectors are taken in float64, the rest in
 * float32, which leaves a relative error of a few 1e-7 in a descriptor. One object a thread and memory.
 */
export class SimdSoap {
  readonly #memory: KernelMemory;
  readonly #parameters: SoapParameters;
  readonly #channels: number;
  readonly #exports: Exports;
  /** Most neighbours that the scratch arrays hold. */
  #capacity = 0;

  /** Whether this kernel can do it: it knows no radial decay. */
  static supports(parameters: SoapParameters): boolean {
    return parameters.cutoffDexp === 0;
  }

  /** @throws Refusal (`bad-parameter`), see `checkSoapParameters` and `makeRadialBasis`. */
  constructor(parameters: SoapParameters, memory: KernelMemory, arithmetic: Exclude<Arithmetic, 'float64'>) {
    checkSoapParameters(parameters);
    const { nMax, lMax, cutoff, cutoffTransitionWidth, atomSigma, normalise, covarianceSigma0 } = parameters;
    const basis = makeRadialBasis(parameters);
    const channels = Math.ceil(nMax / LANES) * LANES;
    const intervals = Math.ceil((INTERVALS_PER_SIGMA * cutoff) / atomSigma);
    const { diagonal, up, back } = harmonicsRecurrence(lMax);
    const adopt = (values: ArrayLike<number>) => {
      const array = memory.reserve('float32', values.length);
      array.view.set(values);
      return array.address;
    };
    this.#memory = memory;
    this.#parameters = parameters;
    this.#channels = channels;
    this.#exports = memory.instantiate<Exports>(arithmetic === 'relaxed' ? relaxed : plain);
    this.#exports.configure(
      nMax,
      lMax,
      channels,
      cutoff,
      cutoffTransitionWidth,
      intervals,
      centralCoefficient(parameters, basis),
      normalise,
      covarianceSigma0,
    );
    const { addresses, scales } = componentOrder(parameters, channels);
    const componentAddress = memory.reserve('uint32', addresses.length);
    componentAddress.view.set(addresses);
    this.#exports.setTables(
      adopt(tabulateRadial(basis, cutoff, intervals, channels)),
      adopt(diagonal),
      adopt(up),
      adopt(back),
      componentAddress.address,
      adopt(scales),
      memory.reserve('float32', (lMax + 1) ** 2 * channels).address,
      memory.reserve('float32', (lMax + 1) * channels * channels).address,
    );
  }

  /** Descriptors of the `atoms` atoms that were last searched, as the first rows of `block` [rows, stride]. */
  describe(neighbours: NeighbourArrays, atoms: number, block: KernelArray<'float32'>, stride: number): void {
    const { start, dx, dy, dz, distance2 } = neighbours;
    this.#reserve(largestStep(start.view, atoms));
    this.#exports.describe(
      start.address,
      dx.address,
      dy.address,
      dz.address,
      distance2.address,
      atoms,
      block.address,
      stride * Float32Array.BYTES_PER_ELEMENT,
    );
  }

  /** Scratch for atoms of up to this many neighbours. */
  #reserve(neighbours: number): void {
    if (neighbours <= this.#capacity) return;
    // What was reserved before is lost, so it at least doubles.
    const capacity = Math.ceil((2 * neighbours) / LANES) * LANES;
    const width = (this.#parameters.lMax + 1) * this.#channels;
    const memory = this.#memory;
    this.#exports.setScratch(
      memory.reserve('uint32', capacity).address,
      memory.reserve('float32', 4 * capacity).address,
      memory.reserve('float32', capacity * width).address,
      memory.reserve('float32', (this.#parameters.lMax + 1) ** 2 * capacity).address,
      capacity * Float32Array.BYTES_PER_ELEMENT,
    );
    this.#capacity = capacity;
  }
}

function largestStep(start: Uint32Array, steps: number): number {
  let largest = 0;
  for (let k = 0; k < steps; k++) largest = Math.max(largest, start[k + 1]! - start[k]!);
  return largest;
}

/**
 * Where the kernel leaves each component of the power spectrum ([l][k][k'], bytes), and what it is multiplied by, in
 * GAP's order (SOAP-SPEC section 7). Padded to whole vectors with zeros.
 */
function componentOrder(parameters: SoapParameters, channels: number) {
  const { nMax, lMax } = parameters;
  const count = soapDimension(parameters) - 1;
  const padded = Math.ceil(count / LANES) * LANES;
  const addresses = new Uint32Array(padded);
  const scales = new Float32Array(padded);
  let at = 0;
  for (let k = 0; k < nMax; k++) {
    for (let other = 0; other <= k; other++) {
      for (let l = 0; l <= lMax; l++, at++) {
        addresses[at] = ((l * channels + k) * channels + other) * Float32Array.BYTES_PER_ELEMENT;
        scales[at] = (other === k ? 1 : Math.SQRT2) / Math.sqrt(2 * l + 1);
      }
    }
  }
  return { addresses, scales };
}
