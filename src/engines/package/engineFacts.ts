import type { Partition } from '../calculation.ts';

/** What a package has to know of the program that its jobs run. */
export interface EngineFacts {
  /** Name of the program: "CP2K". */
  readonly code: string;
  /** Versions whose atomic energies can be used: "2024.1 or later". */
  readonly versions: string;
  /** How the program divides its energy among atoms. */
  readonly partition: Partition;
  /** One line of shell, run in the job's directory: `cp2k.psmp -i cell.inp -o cell.out`. */
  readonly command: string;
  /** Names of the files with the energies, best first; the first must be there after a run. */
  readonly outputs: readonly [string, ...string[]];
  /** What the user must bring, a sentence each: potentials, basis sets, a licence. */
  readonly supplies: readonly string[];
}

/** A file name that shell, Python and every file system take as it is. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name);
}
