import { badParameter } from '#data/errors.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';

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
  /** Rough time per atom on one thread, µs, for `density` atoms per Å^3: what a page says before a long job. */
  estimateCost(parameters: P, density: number): number;
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

/** Descriptors of the places [from, to) as a block [to - from, dimension] at the start of `out`. */
export function describeRange(describer: Describer, from: number, to: number, out: Float64Array): void {
  for (let place = from; place < to; place++) describer.describe(place, out, (place - from) * describer.dimension);
}
