import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { badInput } from '#data/errors.ts';
import { readIdList } from '#formats/idList/read.ts';
import { hashOfIds, type IdListRef, isListRef, LONGEST_INLINE } from '#pipeline/idLists.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import { readText } from './files.ts';

/** Parameters with long lists of atoms as references, and the ids by what they refer to them with. */
export interface NamedLists {
  readonly parameters: Parameters;
  readonly lists: ReadonlyMap<string, Uint32Array>;
}

/**
 * Take long lists out of the parameters, and those of an earlier run from its folder.
 * @throws Refusal where a list of the folder is missing, or not the one that was used.
 */
export function namedLists(parameters: Parameters, folder?: string): NamedLists {
  const lists = new Map<string, Uint32Array>();
  const changed: { -readonly [K in 'candidates' | 'exclude']?: IdListRef } = {};
  for (const name of ['candidates', 'exclude'] as const) {
    const list = parameters[name];
    if (isListRef(list)) {
      lists.set(list.sha256, readList(folder, name, list));
    } else if (list && list.length > LONGEST_INLINE) {
      const ids = Uint32Array.from(list).sort();
      const sha256 = hashOf(ids);
      lists.set(sha256, ids);
      changed[name] = { name: `${name}.txt`, count: ids.length, sha256 };
    }
  }
  return { parameters: { ...parameters, ...changed }, lists };
}

function readList(folder: string | undefined, name: string, { sha256 }: IdListRef): Uint32Array {
  const file = join(folder ?? '.', `${name}.txt`);
  if (!existsSync(file)) throw badInput({ file, expected: `the atoms of --${name} of the earlier run` });
  const ids = readIdList(readText(file), file).sort();
  const found = hashOf(ids);
  if (found === sha256) return ids;
  throw badInput({
    file,
    message: 'these are not the atoms of the earlier run',
    expected: `SHA-256 ${sha256}`,
    found,
  });
}

function hashOf(ids: Uint32Array): string {
  const work = hashOfIds(ids);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
