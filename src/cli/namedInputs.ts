import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { badInput } from '#data/errors.ts';
import { readEamPotential } from '#formats/eamPotential/read.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import { type PotentialRef, type Potentials, potentialFile, refOfPotential } from '#pipeline/potentials.ts';
import { readText } from './files.ts';
import { type NamedLists, namedLists } from './idLists.ts';

/** A potential as an option gives it: the reference, and the text that the session is to keep. */
interface GivenPotential extends PotentialRef {
  readonly text: string;
}

/**
 * A potential file, read at once: a broken one is refused before anything is computed.
 * @throws Refusal as `readEamPotential` does.
 */
export function givenPotential(path: string): GivenPotential {
  const text = readText(path);
  const name = basename(path);
  readEamPotential(text, name);
  return { ...refOfPotential(name, text), text };
}

/** Parameters with long lists and the potential as references, and what they refer to. */
export interface NamedInputs extends NamedLists {
  readonly potentials: Potentials;
}

/**
 * Take what is too long out of the parameters, and that of an earlier run from its folder.
 * @throws Refusal where something of the folder is missing, or not what was used.
 */
export function namedInputs(parameters: Parameters, folder?: string): NamedInputs {
  const named = namedLists(parameters, folder);
  const { potential } = parameters;
  if (!potential) return { ...named, potentials: new Map() };
  const { name, sha256 } = potential;
  const text = 'text' in potential ? (potential as GivenPotential).text : readKept(folder ?? '.', potential);
  return {
    ...named,
    parameters: { ...named.parameters, potential: { name, sha256 } },
    potentials: new Map([[sha256, text]]),
  };
}

function readKept(folder: string, potential: PotentialRef): string {
  const file = join(folder, potentialFile(potential));
  if (!existsSync(file))
    throw badInput({ file, expected: 'the potential of the earlier run, or name it (--potential)' });
  const text = readText(file);
  const found = refOfPotential(potential.name, text).sha256;
  if (found === potential.sha256) return text;
  throw badInput({
    file,
    message: 'this is not the potential of the earlier run',
    expected: `SHA-256 ${potential.sha256}`,
    found,
  });
}
