import type { SnapshotFormat } from '../format.ts';
import { LammpsDumpReader } from './read.ts';

export const lammpsDump: SnapshotFormat = {
  name: 'lammps-dump',
  title: 'LAMMPS text dump',
  extensions: ['.dump', '.lammpstrj'],
  sniff: (head) => /^\s*ITEM: (TIMESTEP|UNITS|TIME)\b/.test(head),
  createReader: (context) => new LammpsDumpReader(context),
};
