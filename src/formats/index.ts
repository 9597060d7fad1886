import { atomeye } from './atomeye/format.ts';
import { chemiscope } from './chemiscope/format.ts';
import { cif } from './cif/format.ts';
import { extxyz } from './extxyz/format.ts';
import type { BytesFormat, SnapshotFormat } from './format.ts';
import { lammpsBinary } from './lammpsBinary/format.ts';
import { lammpsData } from './lammpsData/format.ts';
import { lammpsDump } from './lammpsDump/format.ts';
import { poscar } from './poscar/format.ts';

/** Every format that is read line by line, in the order in which content is tried. */
export const SNAPSHOT_FORMATS = [
  lammpsDump,
  extxyz,
  lammpsData,
  atomeye,
  cif,
  poscar,
] as const satisfies readonly SnapshotFormat[];

/** Every other format; tried before those of lines, which cannot be mistaken for one of them. */
export const BYTES_FORMATS = [lammpsBinary, chemiscope] as const satisfies readonly BytesFormat[];
