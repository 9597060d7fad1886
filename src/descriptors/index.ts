import { badParameter } from '#data/errors.ts';
import type { Descriptor } from './descriptor.ts';
import { soap } from './soap.ts';

/** Every descriptor by name. */
export const DESCRIPTORS = { soap } as const satisfies Record<string, Descriptor>;
/** In place of a name: what another program computed is read from a file. */
export const FROM_FILE = 'file';
export type DescriptorName = keyof typeof DESCRIPTORS;

/**
 * The descriptor of this name, for parameters made by `completeParameters`.
 * @throws Refusal (`bad-parameter`) where there is none.
 */
export function findDescriptor(name: string): Descriptor {
  if (Object.hasOwn(DESCRIPTORS, name)) return DESCRIPTORS[name as DescriptorName];
  throw badParameter(`No descriptor is called ${name}, only ${Object.keys(DESCRIPTORS).join(', ')}`);
}
