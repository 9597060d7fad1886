import type { SnapshotFormat } from '../format.ts';
import { CifReader } from './read.ts';

export const cif: SnapshotFormat = {
  name: 'cif',
  title: 'CIF',
  extensions: ['.cif'],
  sniff: (head) => /^\uFEFF?(\s*(#[^\n]*)?\r?\n)*\s*data_\S*\s/i.test(head),
  // The number of atoms stands nowhere.
  peek: () => null,
  createReader: (context) => new CifReader(context),
};
