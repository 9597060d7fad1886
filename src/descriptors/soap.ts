import { BlockNeighbours } from '#kernels/cellList/blockNeighbours.ts';
import { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import {
  checkSoapParameters,
  PAPER_PARAMETERS,
  SOAP_RANGES,
  type SoapParameters,
  soapDimension,
} from '#kernels/soap/parameters.ts';
import { SimdSoap } from '#kernels/soap/simd.ts';
import { TabulatedSoap } from '#kernels/soap/tabulated.ts';
import type { Descriptor, ParameterField } from './descriptor.ts';

/** GAP's SOAP power spectrum, one species (SOAP-SPEC). */
export const soap = {
  name: 'soap',
  title: 'SOAP (GAP)',
  parameters: {
    nMax: field('nMax', 'Radial functions', '', 'Number of radial functions. The descriptor grows as its square.'),
    lMax: field('lMax', 'Angular channels', '', 'Highest angular channel. Larger resolves finer angles.'),
    cutoff: field('cutoff', 'Cutoff', 'Å', 'Radius of the neighbourhood. Larger sees farther and costs more.'),
    atomSigma: field('atomSigma', 'Gaussian width', 'Å', 'Width of the Gaussian on each neighbour. Larger blurs.'),
    cutoffTransitionWidth: field(
      'cutoffTransitionWidth',
      'Cutoff width',
      'Å',
      'Length over which a neighbour is faded out before the cutoff.',
    ),
    centralWeight: field('centralWeight', 'Central weight', '', "Weight of the central atom's own Gaussian."),
    normalise: field('normalise', 'Normalise', '', 'Divide each descriptor by its length.'),
    covarianceSigma0: field('covarianceSigma0', 'Last element', '', 'Value of the last, constant element.'),
    basisErrorExponent: field(
      'basisErrorExponent',
      'Basis error exponent',
      '',
      'How far beyond the cutoff the radial functions reach.',
    ),
    cutoffDexp: field('cutoffDexp', 'Decay exponent', '', 'Exponent of the radial decay of neighbours; 0 is no decay.'),
    cutoffScale: field('cutoffScale', 'Decay length', 'Å', 'Distance at which the radial decay sets in.'),
    cutoffRate: field('cutoffRate', 'Inverse decay rate', '', 'Larger decays later; 0 is a bare power law.'),
  },
  check: checkSoapParameters,
  dimension: soapDimension,

  createDescriber(list, parameters) {
    const kernel = new TabulatedSoap(parameters);
    const finder = new NeighbourFinder(list);
    const { cutoff } = parameters;
    return {
      dimension: kernel.dimension,
      searchRadius: cutoff,
      describe(place, out, offset) {
        finder.findWithin(place, cutoff);
        kernel.describe(finder, out, offset);
      },
    };
  },

  createBlockDescriber({ list, parameters, memory, block, arithmetic }) {
    if (!SimdSoap.supports(parameters)) return null;
    const kernel = new SimdSoap(parameters, memory, arithmetic);
    const neighbours = new BlockNeighbours(memory, list, parameters.cutoff, block.rows);
    return {
      describe(from, to) {
        neighbours.find(from, to);
        kernel.describe(neighbours, to - from, block.array, block.stride);
      },
    };
  },
} as const satisfies Descriptor<SoapParameters>;

function field<K extends keyof SoapParameters>(name: K, label: string, unit: string, help: string): ParameterField {
  const common = { label, unit, help, default: PAPER_PARAMETERS[name] };
  return name in SOAP_RANGES ? { ...common, range: SOAP_RANGES[name as keyof typeof SOAP_RANGES] } : common;
}
