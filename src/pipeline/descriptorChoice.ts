import { completeParameters } from '#descriptors/descriptor.ts';
import { findDescriptor } from '#descriptors/index.ts';
import { availableArithmetic } from '#kernels/wasm/arithmetic.ts';
import type { Parameters } from './parameters.ts';
import type { DescriptorChoice } from './tasks/describer.ts';

/**
 * The descriptor that the parameters ask for, complete and checked.
 * @throws Refusal (`bad-parameter`)
 */
export function chooseDescriptor(parameters: Parameters): DescriptorChoice {
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
  return findDescriptor(choice.name).dimension(choice.parameters);
}
