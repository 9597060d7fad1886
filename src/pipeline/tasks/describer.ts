import type { Describer, DescriptorParameters } from '#descriptors/descriptor.ts';
import { findDescriptor } from '#descriptors/index.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';

/** Which descriptor, and with which parameters: what a thread needs to make its own. */
export interface DescriptorChoice {
  readonly name: string;
  readonly parameters: DescriptorParameters;
}

export function makeDescriber(list: CellList, { name, parameters }: DescriptorChoice): Describer {
  return findDescriptor(name).createDescriber(list, parameters);
}
