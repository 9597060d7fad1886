import type { Command } from 'commander';
import { FROM_FILE } from '#descriptors/index.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import type { Workspace } from './workspace.ts';

interface Options {
  readonly descriptorFile?: string;
}

/** For commands that describe atoms. */
export function addDescriptorFileOption(command: Command): Command {
  return command.option(
    '--descriptor-file <file>',
    'descriptors that another program computed, in place of SOAP: a NumPy matrix (.npy, .npz), one row an atom',
  );
}

/** Parameters, where descriptors come from a file. */
export function withGivenDescriptors(given: Partial<Parameters>, { descriptorFile }: Options): Partial<Parameters> {
  return descriptorFile === undefined ? given : { ...given, descriptor: FROM_FILE };
}

export function takeGivenDescriptors(workspace: Workspace, { descriptorFile }: Options): void {
  if (descriptorFile !== undefined) workspace.takeDescriptors(descriptorFile);
}
