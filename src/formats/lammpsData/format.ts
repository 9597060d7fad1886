import type { SnapshotFormat } from '../format.ts';
import { LammpsDataReader } from './read.ts';

const ATOMS = /^[ \t]*(\d+)[ \t]+atoms[ \t]*(#.*)?\r?$/m;
const BOX = /^[ \t]*[-+\d.eE]+[ \t]+[-+\d.eE]+[ \t]+xlo[ \t]+xhi|^.*\s(avec|abc[ \t]+origin)[ \t]*(#.*)?\r?$/m;

export const lammpsData: SnapshotFormat = {
  name: 'lammps-data',
  title: 'LAMMPS data',
  extensions: ['.data', '.lmp'],
  // The first line is a remark, whatever it says.
  sniff: (head) => !head.startsWith('ITEM:') && ATOMS.test(head) && BOX.test(head),
  peek(head) {
    const count = ATOMS.exec(head)?.[1];
    const row = /^[ \t]*Atoms\b.*\r?\n\s*\n(.+)\r?\n/m.exec(head)?.[1];
    return count && row ? { count: Number(count), fields: row.trim().split(/\s+/).length } : null;
  },
  createReader: (context) => new LammpsDataReader(context),
};
