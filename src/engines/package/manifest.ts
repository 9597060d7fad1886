import type { Partition } from '../calculation.ts';

/** Changes whenever `collect.py` of an older package could not read the newer manifest. */
export const PACKAGE_SCHEMA = 'grainscope-calculations-1';

/** One job as `manifest.json` names it; `collect.py` and the import go by it. */
export interface JobRecord {
  /** 0 for the bulk cell, then 1, 2, ... in the order of the package. */
  readonly rank: number;
  /** Snapshot id of the centre, which is atom 1 of the cell; 0 for the bulk cell. */
  readonly id: number;
  /** As in jobs.csv: `train+random1`. */
  readonly role: string;
  /** Relative to the package, with forward slashes: a line of `jobs.txt`. */
  readonly directory: string;
  readonly natoms: number;
  /** Cell vectors a, b, c one after the other, Å. */
  readonly cell: readonly number[];
  /** SHA-256 (hex) of every file the job was given, `structure.extxyz` among them, by its name in the directory. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** `manifest.json` of a package of calculations. */
export interface PackageManifest {
  readonly schema: typeof PACKAGE_SCHEMA;
  readonly snapshot: { readonly name: string; readonly sha256: string; readonly frame: number };
  readonly engine: {
    readonly code: string;
    readonly partition: Partition;
    /** False: its outputs hold only the energy of a whole cell, and that was accepted. */
    readonly atomicEnergies: boolean;
    readonly command: string;
    /** What the program writes into a job's directory; the energies are looked for in this order. */
    readonly outputs: readonly string[];
  };
  /** How the cells were chosen and cut, as the pipeline's own manifest has it. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly jobs: readonly JobRecord[];
}
