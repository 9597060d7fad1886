import type { BlockDescriber, Describer, DescriptorParameters } from '#descriptors/descriptor.ts';
import { makeBlockDescriber } from '#descriptors/descriptor.ts';
import { findDescriptor } from '#descriptors/index.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';
import type { DescriptorBlock } from '#kernels/pca/descriptorBlock.ts';
import type { Arithmetic } from '#kernels/wasm/arithmetic.ts';
import type { KernelMemory } from '#kernels/wasm/kernelMemory.ts';

/** Which descriptor, with which parameters and arithmetic: what a thread needs to make its own. */
export interface ComputedDescriptor {
  readonly name: string;
  readonly parameters: DescriptorParameters;
  /** One that the platform has. */
  readonly arithmetic: Arithmetic;
}

/** Descriptors that another program computed. */
export interface GivenDescriptor {
  /** [n, D] by snapshot row. */
  readonly matrix: Float32Array;
  readonly dimension: number;
  /** Of what is computed from them. */
  readonly arithmetic: Arithmetic;
}

export type DescriptorChoice = ComputedDescriptor | GivenDescriptor;

/** Atom by atom in float64, whatever the arithmetic. */
export function makeDescriber(list: CellList, choice: DescriptorChoice): Describer {
  if (!('matrix' in choice)) return findDescriptor(choice.name).createDescriber(list, choice.parameters);
  const { dimension } = choice;
  return { dimension, searchRadius: 0, describe: (place, out, offset) => out.set(rowOf(list, choice, place), offset) };
}

/** Block by block, as fast as the arithmetic allows. */
export function describeBlocks(
  list: CellList,
  choice: DescriptorChoice,
  memory: KernelMemory,
  block: DescriptorBlock,
): BlockDescriber {
  if (!('matrix' in choice)) {
    const { name, parameters, arithmetic } = choice;
    return makeBlockDescriber(findDescriptor(name), { list, parameters, memory, block, arithmetic });
  }
  return {
    describe(from, to) {
      const out = block.array.view;
      for (let place = from; place < to; place++) out.set(rowOf(list, choice, place), (place - from) * block.stride);
    },
  };
}

function rowOf({ rowOfPlace }: CellList, { matrix, dimension }: GivenDescriptor, place: number): Float32Array {
  const at = rowOfPlace[place]! * dimension;
  return matrix.subarray(at, at + dimension);
}
