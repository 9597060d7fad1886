import { Command, InvalidArgumentError } from 'commander';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { addDescriptorFileOption, takeGivenDescriptors, withGivenDescriptors } from '../descriptorFile.ts';
import { withOneSource } from '../energySources.ts';
import { addParameterOptions, givenParameters } from '../options.ts';
import { printSummary } from '../summary.ts';
import { Workspace } from '../workspace.ts';
import { addPackageOptions, packageCalculations, type ReplicaOptions, refuseWithoutEngine } from './replicas.ts';

export interface CommonOptions extends Record<string, unknown> {
  readonly out?: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly energies?: string;
  readonly descriptorFile?: string;
}

/** Options every command has. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--out <dir>', 'folder for the results; needed when TARGET is a snapshot')
    .option('--threads <n>', 'threads that compute (default: all cores); results do not depend on it', parseThreads)
    .option('--json', 'print one JSON object with the results on standard output');
}

export function parseThreads(text: string): number {
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1) throw new InvalidArgumentError('Expected a whole number from 1.');
  return threads;
}

interface Part {
  readonly name: string;
  readonly description: string;
  /** What is brought up to date. */
  readonly stagesOf: (workspace: Workspace) => readonly StageName[];
  readonly parametersOf: readonly StageName[];
}

const ALL_STAGES = STAGES.map((stage) => stage.name);

const PARTS: readonly Part[] = [
  {
    name: 'run',
    description:
      'The whole job: classify, describe, project, select, cut replica cells; with energies also fit and predict.',
    stagesOf: ({ hasEnergies }) => (hasEnergies ? ['replicas', 'model'] : ['replicas']),
    parametersOf: ALL_STAGES,
  },
  {
    name: 'classify',
    description: 'Adaptive common neighbour analysis and coordination number of every atom.',
    stagesOf: () => ['structure'],
    parametersOf: ['snapshot', 'structure'],
  },
  {
    name: 'select',
    description: 'Pick the atoms to compute.',
    stagesOf: () => ['select'],
    parametersOf: ['snapshot', 'structure', 'descriptor', 'pool', 'select', 'replicas'],
  },
  {
    name: 'replicas',
    description:
      'Cut a periodic replica cell around every pick and write it in the formats of DFT codes; with --engine a package of calculations that runs on any cluster.',
    stagesOf: () => ['replicas'],
    parametersOf: ['snapshot', 'structure', 'descriptor', 'pool', 'select', 'replicas'],
  },
  {
    name: 'fit',
    description: 'Read energies, fit the linear model, predict energy and uncertainty of every atom.',
    stagesOf: () => ['model'],
    parametersOf: ALL_STAGES,
  },
];

/** The whole job and its parts, one command each. */
export function stageCommands(): Command[] {
  return PARTS.map(({ name, description, stagesOf, parametersOf }) => {
    const command = new Command(name)
      .description(description)
      .argument(
        '<target>',
        'snapshot file (LAMMPS dump or extended XYZ, plain or .gz), or the folder of an earlier run to continue',
      );
    if (parametersOf.includes('energies')) {
      command.option(
        '--energies <path>',
        'computed energies: a table (CSV, TSV: id, rank or directory; energy; unit), or a folder, zip or file of ' +
          'outputs (CP2K, OpenMX, DFTB+, LSMS, LAMMPS dump, extended XYZ)',
      );
    }
    if (parametersOf.includes('descriptor')) addDescriptorFileOption(command);
    addParameterOptions(addCommonOptions(command), parametersOf);
    if (name === 'replicas') addPackageOptions(command);
    return command.action((target: string, options: ReplicaOptions) => {
      if (name === 'replicas' && options.engine) return packageCalculations(target, options);
      if (name === 'replicas') refuseWithoutEngine(options);
      return work(target, options, stagesOf);
    });
  });
}

/** Open or continue a workspace, bring stages up to date, save and say what came out. */
export async function work(
  target: string,
  options: CommonOptions,
  stagesOf: (workspace: Workspace) => readonly StageName[],
): Promise<void> {
  const workspace = await Workspace.open(target, {
    given: withGivenDescriptors(withOneSource(givenParameters(options), options.energies), options),
    ...(options.out === undefined ? {} : { out: options.out }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  try {
    takeGivenDescriptors(workspace, options);
    if (options.energies) workspace.takeEnergies(options.energies);
    for (const stage of stagesOf(workspace)) await workspace.bringTo(stage);
    workspace.save();
    printSummary(workspace, options.json ?? false);
  } finally {
    workspace.dispose();
  }
}
