/**
 * How a total energy was divided among atoms. Energies of different divisions are different quantities: they are never
 * fitted together unless somebody insists.
 */
export const PARTITIONS = {
  /** CP2K: the density matrix by Mulliken's rule. */
  mulliken: 'Mulliken',
  /** OpenMX: projection on the basis functions of each atom. */
  'basis-projection': 'basis projection',
  /** DFTB+: terms of the tight-binding Hamiltonian. */
  'tight-binding': 'tight binding',
  /** LSMS: atomic spheres. */
  'atomic-spheres': 'atomic spheres',
  /** Integrals of an energy density over Bader regions, as the EDM patch of VASP gives. */
  bader: 'Bader regions',
  /** A sum over pairs or embedding terms: a classical potential, no electronic structure. */
  classical: 'classical, not DFT',
  /** A table that does not say. */
  unstated: 'division not stated',
} as const;

export type Partition = keyof typeof PARTITIONS;

export function isPartition(name: string): name is Partition {
  return Object.hasOwn(PARTITIONS, name);
}

/** Programs that have no electronic structure to converge: what they give is asked for as it is. */
export const CLASSICAL_CODES: readonly string[] = ['LAMMPS'];

/** Whether the electronic ground state was found. */
export type Convergence =
  | 'converged'
  | 'not-converged'
  /** The program ran no self-consistency at all: a force field. */
  | 'no-self-consistency'
  /** The file does not say. */
  | 'unknown';

/** What one output file of one cell says. Units are eV and Å whatever the program prints. */
export interface Calculation {
  /** Program that wrote it, and its version where it is printed: "CP2K", "2025.1". */
  readonly code: string;
  readonly version: string | null;
  readonly partition: Partition;
  readonly convergence: Convergence;
  /** Atoms in the order of the file. */
  readonly atoms: {
    /** [m] eV. */
    readonly energy: Float64Array;
    /** [m] symbols; null where the file has none. */
    readonly species: readonly string[] | null;
    /** [m, 3] Å; null where the file has none. */
    readonly position: Float64Array | null;
  };
  /** Energy of the cell, eV, as the program prints it beside; null where it does not. */
  readonly total_eV: number | null;
  /** 1-based line of the first atom's energy. */
  readonly line: number;
  /** Anything a careful reader would stop at, as whole sentences; empty: the energies may be used. */
  readonly problems: readonly string[];
}

/** Reads the outputs of one program. One folder under `engines/`, one line in its registry. */
export interface OutputReader {
  readonly code: string;
  /** Whether this text, or its first 64 kB, looks like an output of the program. */
  recognises(head: string): boolean;
  /**
   * @param text Of the whole file.
   * @param file Its name, for sentences.
   * @param column Name of the column with the energies, for formats that may have several; null: the likeliest.
   * @throws Refusal with file and line where no atomic energies can be told from it.
   */
  read(text: string, file: string, column: string | null): Calculation;
}
