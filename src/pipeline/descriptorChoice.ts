import { badParameter } from '#data/errors.ts';
import { completeParameters } from '#descriptors/descriptor.ts';
import { FROM_FILE, findDescriptor } from '#descriptors/index.ts';
import { availableArithmetic } from '#kernels/wasm/arithmetic.ts';
import type { Parameters } from './parameters.ts';
import type { StageResults } from './results.ts';
import type { ComputedDescriptor, DescriptorChoice, GivenDescriptor } from './tasks/describer.ts';

/** What the descriptor stage left of a matrix from a file. */
type Described = Pick<StageResults['descriptor'], 'matrix' | 'mean'>;

/**
 * The descriptor that the parameters ask for, complete and checked; one that was read from a file as it is there.
 * @throws Refusal (`bad-parameter`)
 */
export function chooseDescriptor(parameters: Parameters, described?: Described): DescriptorChoice {
  if (parameters.descriptor !== FROM_FILE) return computedDescriptor(parameters);
  const { matrix, mean } = described ?? {};
  if (!matrix || !mean) throw badParameter('Descriptors from a file are known only of the atoms of the snapshot');
  return givenDescriptor(matrix, mean.length, parameters);
}

/** What another program computed, `dimension` numbers an atom. */
export function givenDescriptor(matrix: Float32Array, dimension: number, { arithmetic }: Parameters): GivenDescriptor {
  return { matrix, dimension, arithmetic: availableArithmetic(arithmetic) };
}

/**
 * The descriptor that is computed here, complete and checked.
 * @throws Refusal (`bad-parameter`), also where it comes from a file.
 */
export function computedDescriptor(parameters: Parameters): ComputedDescriptor {
  const { cutoff, nMax, lMax, sigma, cutoffWidth } = parameters;
  const given = { cutoff, nMax, lMax, atomSigma: sigma, cutoffTransitionWidth: cutoffWidth };
  const descriptor = findDescriptor(parameters.descriptor);
  return {
    name: descriptor.name,
    parameters: completeParameters(descriptor, given),
    arithmetic: availableArithmetic(parameters.arithmetic),
  };
}

export function descriptorDimension(choice: DescriptorChoice): number {
  return 'matrix' in choice ? choice.dimension : findDescriptor(choice.name).dimension(choice.parameters);
}
