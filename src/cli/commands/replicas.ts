import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { badParameter } from '#data/errors.ts';
import type { InputWriterId } from '#engines/input.ts';
import { INPUT_WRITERS } from '#engines/writers.ts';
import { readIdList } from '#formats/idList/read.ts';
import { calculationPackage } from '#pipeline/calculationPackage.ts';
import { type CalculationRequest, checkRequest, findWriter } from '#pipeline/calculationRequest.ts';
import { takeGivenDescriptors, withGivenDescriptors } from '../descriptorFile.ts';
import { readText } from '../files.ts';
import { givenParameters } from '../options.ts';
import { checkTarget, writePackage } from '../packageTarget.ts';
import { Workspace } from '../workspace.ts';
import type { CommonOptions } from './stages.ts';

interface PackageOptions {
  readonly engine?: InputWriterId;
  readonly ids?: string;
  readonly template?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly potential?: string;
  readonly probes?: boolean;
  readonly energyDensityCode?: boolean;
}

export type ReplicaOptions = CommonOptions & PackageOptions;

const CODES = INPUT_WRITERS.map(({ id }) => id);

/** What `grainscope replicas` takes besides the options of its stages. */
export function addPackageOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--engine <name>',
        'write a package of calculations with this program to --out, a folder or FILE.zip; stages stay in TARGET',
      ).choices(CODES),
    )
    .option('--ids <file>', 'cells around exactly these atoms (one id a line), whatever is selected')
    .option('--template <file>', 'input template of the same name as one of the engine; may come again', takeTemplate)
    .option('--set <key=value>', 'setting of the engine; may come again', takeSetting)
    .option('--potential <file>', 'potential file that goes into the package (LAMMPS)')
    .option('--probes', 'the first pick again in cells of 8 and 12 Å, to see what the cell does; no training data')
    .option(
      '--energy-density-code',
      'for vasp and qe, which give the energy of a whole cell only: you have a program that divides it',
    );
}

function takeTemplate(path: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const name = basename(path);
  if (name in before) throw new InvalidArgumentError(`There are two templates ${name}.`);
  return { ...before, [name]: readText(path) };
}

function takeSetting(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Expected key=value.');
  if (key.trim() in before) throw new InvalidArgumentError(`There are two values for ${key.trim()}.`);
  return { ...before, [key.trim()]: value.trim() };
}

/** @throws Refusal for an option that asks for a package where no engine is named. */
export function refuseWithoutEngine(options: ReplicaOptions): void {
  const flags = ['ids', 'template', 'set', 'potential', 'probes', 'energyDensityCode'] as const;
  const given = flags.find((name) => options[name] !== undefined);
  if (!given) return;
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw badParameter(`--${flag} belongs to a package of calculations: name its program with --engine`);
}

/** Write a package of calculations. The stages it needs are brought up to date in the folder that is continued. */
export async function packageCalculations(target: string, options: ReplicaOptions): Promise<void> {
  const { out } = options;
  if (!out) throw badParameter('Where does the package go? Name a folder or a .zip with --out');
  checkTarget(out, target);
  const request = readRequest(options);
  const workspace = await Workspace.open(target, {
    given: withGivenDescriptors(givenParameters(options), options),
    onlyRead: true,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  try {
    const { session, parameters } = workspace;
    takeGivenDescriptors(workspace, options);
    await workspace.bringTo('snapshot');
    checkRequest(request, session.results.snapshot!.snapshot);
    if (request.ids) await workspace.bringTo('structure');
    else {
      await workspace.bringTo('replicas');
      if (workspace.continued) workspace.save();
    }
    const { memory } = session;
    const files = calculationPackage(session.finished(parameters), request, { memory, control: workspace.control });
    const calculations = await writePackage(out, files);
    if (options.json)
      process.stdout.write(`${JSON.stringify({ package: out, engine: request.engine, calculations })}\n`);
    else sayWhatCameOut(workspace, request, out, calculations);
  } finally {
    workspace.dispose();
  }
}

function readRequest(options: ReplicaOptions): CalculationRequest {
  const { engine, ids, template, set, potential, probes, energyDensityCode } = options;
  return {
    engine: engine!,
    settings: { values: set ?? {}, templates: template ?? {} },
    potential: potential === undefined ? null : { name: basename(potential), text: readText(potential) },
    ids: ids === undefined ? null : Array.from(readIdList(readText(ids), basename(ids))),
    probes: probes ?? false,
    energyDensityCode: energyDensityCode ?? false,
  };
}

function sayWhatCameOut(
  { session, parameters, continued }: Workspace,
  { engine, ids }: CalculationRequest,
  out: string,
  calculations: number,
): void {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const record = ids ? undefined : session.finished(parameters).records.get('replicas');
  for (const { message } of record?.warnings ?? []) say(`${' '.repeat(10)} warning: ${message}`);
  if (!ids && !continued) say('Note: the selection is in the package only; name a folder of results to keep it.');
  const { code } = findWriter(engine);
  say(`Package    ${out}: ${calculations} calculations with ${code}; README.txt says how to run them`);
}
