import { badParameter } from '#data/errors.ts';

/**
 * Parameters of GAP's `soap` descriptor for one species, under GAP's names in camel case (SOAP-SPEC section 1).
 * Lengths in Å. Plain data: it goes to threads and into manifests.
 */
export type SoapParameters = {
  /** Number of radial functions. */
  readonly nMax: number;
  /** Highest angular channel. */
  readonly lMax: number;
  /** Neighbours closer than this count, Å. */
  readonly cutoff: number;
  /** Width of the Gaussian on each neighbour, Å. */
  readonly atomSigma: number;
  /** Length of the cosine switch that ends at the cutoff, Å. */
  readonly cutoffTransitionWidth: number;
  /** Weight of the central atom's own Gaussian. */
  readonly centralWeight: number;
  /** Divide by the Euclidean norm. */
  readonly normalise: boolean;
  /** The last element of every vector. */
  readonly covarianceSigma0: number;
  /** Fixes how far beyond the cutoff the radial nodes reach. */
  readonly basisErrorExponent: number;
  /** Exponent of the radial decay; 0 is no decay. */
  readonly cutoffDexp: number;
  /** Length at which the radial decay sets in, Å. */
  readonly cutoffScale: number;
  /** Inverse rate of the radial decay; 0 is a bare power law. */
  readonly cutoffRate: number;
};

/** The paper's n_max, l_max and cutoff, `atom_sigma` of 0.5 Å (METHOD section 1), GAP's defaults for the rest. */
export const PAPER_PARAMETERS: SoapParameters = {
  nMax: 10,
  lMax: 6,
  cutoff: 4,
  atomSigma: 0.5,
  cutoffTransitionWidth: 0.5,
  centralWeight: 1,
  normalise: true,
  covarianceSigma0: 0,
  basisErrorExponent: 10,
  cutoffDexp: 0,
  cutoffScale: 1,
  cutoffRate: 1,
};

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

type Numeric = { [K in keyof SoapParameters]: SoapParameters[K] extends number ? K : never }[keyof SoapParameters];

/** What each number may be; `checkSoapParameters` adds what holds between them. */
export const SOAP_RANGES: Readonly<Record<Numeric, Range>> = {
  nMax: { min: 1, max: 32, integer: true },
  lMax: { min: 0, max: 20, integer: true },
  cutoff: { min: 0.5, max: 20, integer: false },
  atomSigma: { min: 0.1, max: 3, integer: false },
  cutoffTransitionWidth: { min: 0.01, max: 20, integer: false },
  centralWeight: { min: 0, max: 100, integer: false },
  covarianceSigma0: { min: 0, max: 100, integer: false },
  basisErrorExponent: { min: 1, max: 16, integer: false },
  cutoffDexp: { min: 0, max: 20, integer: true },
  cutoffScale: { min: 0.01, max: 100, integer: false },
  cutoffRate: { min: 0, max: 1000, integer: false },
};

/** @throws Refusal (`bad-parameter`) naming the first parameter out of range and what it may be. */
export function checkSoapParameters(parameters: SoapParameters): void {
  for (const [name, { min, max, integer }] of Object.entries(SOAP_RANGES) as [Numeric, Range][]) {
    const value = parameters[name];
    // Written so that NaN is refused too.
    if (!(value >= min && value <= max) || (integer && !Number.isInteger(value))) {
      throw badParameter(
        `SOAP: ${name} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}, found ${value}`,
      );
    }
  }
  const { cutoff, cutoffTransitionWidth } = parameters;
  if (cutoffTransitionWidth > cutoff) {
    throw badParameter(
      `SOAP: cutoffTransitionWidth (${cutoffTransitionWidth} Å) must not be larger than the cutoff (${cutoff} Å)`,
    );
  }
}

/** Length of a descriptor: (l_max + 1) n_max (n_max + 1) / 2 + 1 (SOAP-SPEC section 1). */
export function soapDimension({ nMax, lMax }: SoapParameters): number {
  return ((lMax + 1) * nMax * (nMax + 1)) / 2 + 1;
}
