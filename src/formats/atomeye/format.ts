import type { SnapshotFormat } from '../format.ts';
import { AtomeyeReader } from './read.ts';

const COUNT = /^[ \t]*Number of particles[ \t]*=[ \t]*(\d+)/im;

export const atomeye: SnapshotFormat = {
  name: 'atomeye',
  title: 'AtomEye CFG',
  extensions: ['.cfg'],
  sniff: (head) => COUNT.test(head) && /^[ \t]*H0\([123],[123]\)/im.test(head),
  peek(head) {
    const count = COUNT.exec(head)?.[1];
    const entries = /^[ \t]*entry_count[ \t]*=[ \t]*(\d+)/im.exec(head)?.[1];
    return count ? { count: Number(count), fields: Number(entries ?? 8) } : null;
  },
  createReader: (context) => new AtomeyeReader(context),
};
