import { readFileSync } from 'node:fs';

export interface Fixtures {
  /** One frame. */
  readonly single: string;
  /** Three frames; null for formats of one. */
  readonly frames: string | null;
  /** What is said of any file of the format. */
  readonly warning?: RegExp;
  /** Neither ids nor timesteps are in it. */
  readonly nameless?: true;
  /** How the number of atoms stands in the file; null where it does not. */
  readonly count?: RegExp | null;
  /** Atoms do not stand on lines that follow one another. */
  readonly loose?: true;
}

const FORMATS = new URL('../src/formats/', import.meta.url);

/** Atoms of a frame of every one. */
export const FIXTURE_ATOMS = 54;

/** Files of every format; see the NOTE.md beside them. */
export const FIXTURES: Readonly<Record<string, Fixtures>> = {
  'lammps-dump': { single: 'lammpsDump/fixtures/single.dump', frames: 'lammpsDump/fixtures/three-frames.dump' },
  extxyz: { single: 'extxyz/fixtures/single.xyz', frames: 'extxyz/fixtures/three-frames.xyz' },
  'lammps-data': {
    single: 'lammpsData/fixtures/single.data',
    frames: null,
    warning: /^A data file does not say which directions repeat/,
    count: /^54(?= atoms$)/m,
  },
  atomeye: {
    single: 'atomeye/fixtures/single.cfg',
    frames: null,
    count: /(?<=^Number of particles = )54$/m,
    loose: true,
  },
  cif: {
    single: 'cif/fixtures/single.cif',
    frames: 'cif/fixtures/three-blocks.cif',
    warning: /^The file has no id column|^A CIF does not say how many atoms/,
    nameless: true,
    count: null,
    loose: true,
  },
  poscar: {
    single: 'poscar/fixtures/single.poscar',
    frames: null,
    warning: /^The file has no id column/,
    nameless: true,
  },
};

/** The text of a file that is named relative to src/formats. */
export function fixtureText(path: string): string {
  return readFileSync(new URL(path, FORMATS), 'utf8');
}
