import type { SnapshotFormat } from '../format.ts';
import { LammpsDumpReader } from './read.ts';

export const lammpsDump: SnapshotFormat = {
  name: 'lammps-dump',
  title: 'LAMMPS text dump',
  extensions: ['.dump', '.lammpstrj'],
  sniff: (head) => /^\s*ITEM: (TIMESTEP|UNITS|TIME)\b/.test(head),
  peek(head) {
    const count = /^ITEM: NUMBER OF ATOMS\s+(\d+)\s/m.exec(head);
    const columns = /^ITEM: ATOMS (.+)$/m.exec(head);
    return count && columns ? { count: Number(count[1]), fields: columns[1]!.trim().split(/\s+/).length } : null;
  },
  createReader: (context) => new LammpsDumpReader(context),
};
