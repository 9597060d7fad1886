import type { SnapshotFormat } from '../format.ts';
import { ExtxyzReader } from './read.ts';

export const extxyz: SnapshotFormat = {
  name: 'extxyz',
  title: 'extended XYZ',
  extensions: ['.xyz', '.extxyz'],
  sniff(head) {
    const [count, comment, atom] = head.split('\n');
    // The head may end anywhere: lines that are not there cannot speak against the claim.
    if (!/^\uFEFF?\s*\d+\s*$/.test(count!)) return false;
    return /\b(lattice|properties)\s*=/i.test(comment ?? '') || atom === undefined || /^\s*\S+(\s+\S+){3}/.test(atom);
  },
  peek(head) {
    const [count, , atom] = head.split('\n', 4);
    return atom
      ? { count: Number.parseInt(count!.replace(/^\uFEFF/, ''), 10), fields: atom.trim().split(/\s+/).length }
      : null;
  },
  createReader: (context) => new ExtxyzReader(context),
};
