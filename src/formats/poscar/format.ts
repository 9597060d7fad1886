import type { SnapshotFormat } from '../format.ts';
import { PoscarReader } from './read.ts';

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?`;
const BLANK = '[ \\t]';
const THREE = `${BLANK}*${NUMBER}(?:${BLANK}+${NUMBER}){2}`;
const REST = `(?:${BLANK}[^\\n]*)?\\r?\\n`;
/** A remark, a scale factor or three, three vectors, symbols or not, numbers of atoms: there is no other sign. */
const HEAD = new RegExp(
  `^[^\\n]*\\n(?:${BLANK}*${NUMBER}|${THREE})${REST}(?:${THREE}${REST}){3}(${BLANK}*[A-Za-z][^\\n]*\\n)?${BLANK}*(\\d+(?:${BLANK}+\\d+)*)`,
);

export const poscar: SnapshotFormat = {
  name: 'poscar',
  title: 'POSCAR',
  extensions: ['.poscar', '.contcar', '.vasp'],
  sniff: (head) => !head.startsWith('ITEM:') && HEAD.test(head),
  peek(head) {
    const counts = HEAD.exec(head)?.[2];
    return counts ? { count: counts.split(/\s+/).reduce((sum, count) => sum + Number(count), 0), fields: 3 } : null;
  },
  createReader: (context) => new PoscarReader(context),
};
