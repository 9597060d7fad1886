import { badParameter } from '#data/errors.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';
import type { DescriptorBlock } from '#kernels/pca/descriptorBlock.ts';
import type { Arithmetic } from '#kernels/wasm/arithmetic.ts';
import type { KernelMemory } from '#kernels/wasm/kernelMemory.ts';

/** Parameters of a descriptor: plain data that goes to threads and into manifests. */
export type DescriptorParameters = Readonly<Record<string, number | boolean>>;

/** One parameter, as a form or a command line needs to know it. */
export interface ParameterField<Value extends number | boolean = number | boolean> {
  readonly label: string;
  /** `Å`, or '' for a pure number. */
  readonly unit: string;
  /** Meaning, and what happens when it grows; one or two sentences. */
  readonly help: string;
  readonly default: Value;
  /** What a number may be; absent for a switch. */
  readonly range?: { readonly min: number; readonly max: number; readonly integer: boolean };
}

/** Describes the atoms of one cell list. One a thread: it owns scratch arrays and allocates nothing per atom. */
export interface Describer {
  /** Numbers per atom. */
  readonly dimension: number;
  /** Atoms farther from the centre than this have no influence, Å. */
  readonly searchRadius: number;
  /** Write the descriptor of the atom at `place` of the cell list to `out[offset ... offset + dimension)`. */
  describe(place: number, out: Float64Array, offset: number): void;
}

/** Describes atoms block by block, in float32. One a thread and block. */
export interface BlockDescriber {
  /** Descriptors of the atoms at places [from, to), no more than the block holds, as its first rows. */
  describe(from: number, to: number): void;
}

/** What a descriptor's own fast twin is made from. */
export interface BlockSetup<P extends DescriptorParameters = DescriptorParameters> {
  readonly list: CellList;
  readonly parameters: P;
  readonly memory: KernelMemory;
  readonly block: DescriptorBlock;
  readonly arithmetic: Exclude<Arithmetic, 'float64'>;
}

/** A way to turn the surroundings of an atom into numbers. Adding one is a file like soap.ts and a line in index.ts. */
export interface Descriptor<P extends DescriptorParameters = DescriptorParameters> {
  /** As in parameters and manifests. */
  readonly name: string;
  readonly title: string;
  readonly parameters: { readonly [K in keyof P]: ParameterField };
  /** @throws Refusal (`bad-parameter`) for the first value that will not do. */
  check(parameters: P): void;
  /** Numbers per atom. */
  dimension(parameters: P): number;
  /** @throws Refusal (`bad-parameter`), also for combinations that only show when tables are made. */
  createDescriber(list: CellList, parameters: P): Describer;
  /** The fast twin where there is one, for these parameters; else null. */
  createBlockDescriber?(setup: BlockSetup<P>): BlockDescriber | null;
}

/**
 * The parameters given, filled up with defaults and checked.
 * @throws Refusal (`bad-parameter`), also for a name that the descriptor does not have.
 */
export function completeParameters<P extends DescriptorParameters>(descriptor: Descriptor<P>, given: Partial<P>): P {
  const fields = Object.entries(descriptor.parameters) as [string, ParameterField][];
  const unknown = Object.keys(given).find((name) => !(name in descriptor.parameters));
  if (unknown) {
    const names = fields.map(([name]) => name).join(', ');
    throw badParameter(`${descriptor.title} has no parameter ${unknown}, only ${names}`);
  }
  const defaults = Object.fromEntries(fields.map(([name, field]) => [name, field.default]));
  const parameters = { ...defaults, ...given } as P;
  descriptor.check(parameters);
  return parameters;
}

/** Describes blocks with the fast twin, or atom by atom in float64, rounded, where there is none or none is wanted. */
export function makeBlockDescriber(
  descriptor: Descriptor,
  { arithmetic, ...setup }: Omit<BlockSetup, 'arithmetic'> & { readonly arithmetic: Arithmetic },
): BlockDescriber {
  const fast = arithmetic === 'float64' ? null : descriptor.createBlockDescriber?.({ ...setup, arithmetic });
  return fast ?? roundingDescriber(descriptor.createDescriber(setup.list, setup.parameters), setup.block);
}

function roundingDescriber(describer: Describer, block: DescriptorBlock): BlockDescriber {
  const single = new Float64Array(describer.dimension);
  return {
    describe(from, to) {
      const out = block.array.view;
      for (let place = from; place < to; place++) {
        describer.describe(place, single, 0);
        out.set(single, (place - from) * block.stride);
      }
    },
  };
}
