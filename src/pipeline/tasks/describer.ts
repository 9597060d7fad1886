import type { Describer, DescriptorParameters } from '#descriptors/descriptor.ts';
import { type BlockDescriber, makeBlockDescriber } from '#descriptors/descriptor.ts';
import { findDescriptor } from '#descriptors/index.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';
import type { DescriptorBlock } from '#kernels/pca/descriptorBlock.ts';
import type { Arithmetic } from '#kernels/wasm/arithmetic.ts';
import type { KernelMemory } from '#kernels/wasm/kernelMemory.ts';

/** Which descriptor, with which parameters and arithmetic: what a thread needs to make its own. */
export interface DescriptorChoice {
  readonly name: string;
  readonly parameters: DescriptorParameters;
  /** One that the platform has. */
  readonly arithmetic: Arithmetic;
}

/** Atom by atom in float64, whatever the arithmetic. */
export function makeDescriber(list: CellList, { name, parameters }: DescriptorChoice): Describer {
  return findDescriptor(name).createDescriber(list, parameters);
}

/** Block by block, as fast as the arithmetic allows. */
export function describeBlocks(
  list: CellList,
  { name, parameters, arithmetic }: DescriptorChoice,
  memory: KernelMemory,
  block: DescriptorBlock,
): BlockDescriber {
  return makeBlockDescriber(findDescriptor(name), { list, parameters, memory, block, arithmetic });
}
