import type { BytesFormat } from '../format.ts';
import { readChemiscope } from './read.ts';

/** Any of these may come first. */
const KEYS = /"(meta|structures|properties|environments|settings)"\s*:/;

/** What chemiscope (chemiscope.org) shows: structures with properties, as JSON. */
export const chemiscope: BytesFormat = {
  name: 'chemiscope',
  title: 'chemiscope JSON',
  extensions: ['.json'],
  sniff(head) {
    const text = new TextDecoder().decode(head).trimStart();
    return text.startsWith('{') && KEYS.test(text);
  },
  // Which structure comes first tells little of the others, and nothing of properties.
  peek: () => Promise.resolve(null),
  read: readChemiscope,
};
