import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EamPotential } from '#data/eamPotential.ts';
import { badParameter } from '#data/errors.ts';
import { readEamPotential } from '#formats/eamPotential/read.ts';

/**
 * A potential file in a parameter: what it is called and by what it is known. Its text lies in the session, so that
 * parameters, fingerprints and manifests stay small.
 */
export interface PotentialRef {
  readonly name: string;
  /** Of the text as UTF-8, lower-case hex. */
  readonly sha256: string;
}

/** Texts of potential files, by their SHA-256. */
export type Potentials = ReadonlyMap<string, string>;

/** Name of the column that holds the energy in place of every atom. */
export const IN_PLACE = 'eam.energy';

/** What stands in tables beside such energies. */
export const EAM_CODE = 'EAM';
export const EAM_PARTITION = 'classical';

/** @param name Of the file, without folders. */
export function refOfPotential(name: string, text: string): PotentialRef {
  return { name, sha256: bytesToHex(sha256(utf8ToBytes(text))) };
}

/** What the file is called beside results: LAMMPS tells its formats apart by the ending of their pair style. */
export function potentialFile({ name }: PotentialRef): string {
  return /\.fs$/i.test(name) ? 'potential.eam.fs' : 'potential.eam.alloy';
}

/**
 * The potential of a parameter.
 * @throws Refusal where this session does not know its text, and whatever `readEamPotential` refuses.
 */
export function potentialOf({ name, sha256: hash }: PotentialRef, potentials: Potentials): EamPotential {
  const text = potentials.get(hash);
  if (text === undefined)
    throw badParameter(`Classical potential (--potential): the file ${name} is not at hand: name it again`);
  return readEamPotential(text, name);
}
