import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { badParameter } from '#data/errors.ts';

/**
 * A long list of atoms in a parameter: what it is called and by what it is known. Its ids lie in the session, so that
 * parameters, fingerprints and manifests stay small however many atoms are named.
 */
export interface IdListRef {
  readonly name: string;
  readonly count: number;
  /** Of the ids as text, ascending, one a line: that of the file `candidates.txt` or `exclude.txt`. */
  readonly sha256: string;
}

/** Atoms that a parameter names. */
export type IdList = readonly number[] | IdListRef;

/** Ids of long lists, ascending, by the SHA-256 of their text. */
export type IdLists = ReadonlyMap<string, Uint32Array>;

/** Lists up to so many ids stand in the parameters themselves, and so in the manifest. */
export const LONGEST_INLINE = 2000;

const IDS_PER_CHUNK = 1 << 13;

export function isListRef(list: IdList | null): list is IdListRef {
  return list !== null && 'sha256' in list;
}

/** The text of a list, which is the file that goes with the results. */
export function* idListText(ids: Uint32Array): Generator<string> {
  for (let from = 0; from < ids.length; from += IDS_PER_CHUNK) {
    yield `${ids.subarray(from, from + IDS_PER_CHUNK).join('\n')}\n`;
  }
}

/** @returns SHA-256 of a list, in turns. */
export function* hashOfIds(ids: Uint32Array): Generator<void, string> {
  const hash = sha256.create();
  for (const text of idListText(ids)) {
    hash.update(utf8ToBytes(text));
    yield;
  }
  return bytesToHex(hash.digest());
}

/**
 * The ids of a parameter.
 * @throws Refusal where they belong to a list that this session does not know.
 */
export function idsOf(list: IdList | null, lists: IdLists, what: string): ArrayLike<number> {
  if (list === null) return [];
  if (!isListRef(list)) return list;
  const ids = lists.get(list.sha256);
  if (ids) return ids;
  throw badParameter(`${what}: the ${list.count} atoms of ${list.name} are not at hand: name them again`);
}
