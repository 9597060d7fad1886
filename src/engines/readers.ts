import { badInput } from '#data/errors.ts';
import type { Calculation, OutputReader } from './calculation.ts';
import { cp2k } from './cp2k/readOutput.ts';
import { dftbplus } from './dftbplus/readOutput.ts';
import { extxyz } from './extxyz/readOutput.ts';
import { lammpsDump } from './lammpsDump/readOutput.ts';
import { lsms } from './lsms/readOutput.ts';
import { openmx } from './openmx/readOutput.ts';
import { qe } from './qe/readOutput.ts';
import { vasp } from './vasp/readOutput.ts';

/** Every program whose output is known, in the order in which content is tried: the surest signs first. */
export const OUTPUT_READERS = [
  lammpsDump,
  lsms,
  cp2k,
  openmx,
  qe,
  vasp,
  dftbplus,
  extxyz,
] as const satisfies readonly OutputReader[];

/** Formats that snapshots have too. */
const SNAPSHOT_READERS: readonly OutputReader[] = [lammpsDump, extxyz];

/** Whether a file that begins like this is an output of a calculation, and cannot be a snapshot. */
export function isOutputOnly(head: string): boolean {
  return OUTPUT_READERS.some((reader) => !SNAPSHOT_READERS.includes(reader) && reader.recognises(head));
}

/**
 * What the output of one cell says, whichever program wrote it: recognised by content.
 * @param text Of the whole file, inflated.
 * @param file Its name, for sentences.
 * @param column Name of the column with the energies, where the format has columns; null: the likeliest.
 * @throws Refusal where no reader recognises it, or no atomic energies can be told from it.
 */
export function readCalculation(text: string, file: string, column: string | null = null): Calculation {
  if (text.trim() === '') throw badInput({ file, message: 'the file is empty' });
  const reader = OUTPUT_READERS.find((candidate) => candidate.recognises(text));
  if (reader) return reader.read(text, file, column);
  throw badInput({
    file,
    expected: 'an output of CP2K, OpenMX, DFTB+, LSMS or LAMMPS, or extended XYZ, with energies of atoms',
    found: 'text that looks like none of these',
  });
}
