import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readIdList } from '#formats/idList/read.ts';
import { checkParameter } from '#pipeline/checkParameter.ts';
import {
  PARAMETER_NAMES,
  PARAMETERS,
  type ParameterName,
  type Parameters,
  type StageName,
} from '#pipeline/parameters.ts';
import { readText } from './files.ts';
import { givenPotential } from './namedInputs.ts';

/** Add an option for every parameter of these stages. Defaults are shown, not set: a continued run keeps its own. */
export function addParameterOptions(command: Command, stages: readonly StageName[]): Command {
  for (const name of PARAMETER_NAMES) {
    if (stages.includes(PARAMETERS[name].stage)) command.addOption(makeOption(name));
  }
  return command;
}

function makeOption(name: ParameterName): Option {
  const spec = PARAMETERS[name];
  const unit = spec.unit ? ` [${spec.unit}]` : '';
  switch (spec.kind) {
    case 'switch':
      return new Option(spec.flag, spec.help);
    case 'ids':
      return new Option(`${spec.flag} <file>`, `${spec.help} FILE: one id a line.`).argParser((file) =>
        Array.from(readIdList(readText(file), basename(file))),
      );
    case 'potential':
      return new Option(`${spec.flag} <file>`, spec.help).argParser(givenPotential);
    case 'names':
      return new Option(`${spec.flag} <names>`, spec.help).argParser((text) =>
        text
          .split(',')
          .map((word) => word.trim())
          .filter((word) => word !== ''),
      );
    case 'choice':
      return new Option(`${spec.flag} <name>`, `${spec.help} (default: ${spec.default})`).choices([...spec.choices]);
    case 'text':
      return new Option(
        `${spec.flag} <value>`,
        `${spec.help}${spec.default ? ` (default: ${spec.default})` : ''}`,
      ).argParser((text) => checked(name, text));
    default: {
      const shown = spec.default === null ? '' : ` (default: ${spec.default})`;
      return new Option(`${spec.flag} <number>`, `${spec.help}${unit}${shown}`).argParser((text) =>
        checked(name, text.trim() === '' ? Number.NaN : Number(text)),
      );
    }
  }
}

function checked<T>(name: ParameterName, value: T): T {
  const problem = checkParameter(name, value);
  if (problem) throw new InvalidArgumentError(problem);
  return value;
}

/** The parameters among parsed options, by parameter name; only those that were given. */
export function givenParameters(options: Readonly<Record<string, unknown>>): Partial<Parameters> {
  const given = PARAMETER_NAMES.flatMap((name) => {
    const value = options[camelCase(PARAMETERS[name].flag)];
    // `replicas --engine` has a --potential of its own, a path: a file that goes into the package.
    const other = PARAMETERS[name].kind === 'potential' && typeof value === 'string';
    return value === undefined || other ? [] : [[name, value] as const];
  });
  const parameters = Object.fromEntries(given) as Partial<Parameters>;
  // `--components` and `--variance` exclude each other; whichever is given last in time replaces the other.
  if (parameters.variance !== undefined && parameters.components === undefined) parameters.components = null;
  return parameters;
}

function camelCase(flag: string): string {
  return flag.replace(/^--/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
