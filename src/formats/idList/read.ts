import { badInput } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';
import { meaningfulLines } from '../text/smallText.ts';

const LAST_ID = 0xffff_ffff;

/**
 * Atom ids, one a line, in the order of the file; `#` starts a comment, blank lines do not count.
 * @throws Refusal with the line for anything that is no atom id, for an id that comes twice, and for a file without any.
 */
export function readIdList(text: string, file: string): Uint32Array {
  const lineOf = new Map<number, number>();
  for (const { text: content, line } of meaningfulLines(text)) {
    const word = content.replace(/#.*/, '').trim();
    const id = /^\d+$/.test(word) ? Number(word) : Number.NaN;
    if (!(id <= LAST_ID)) throw badInput({ file, line, expected: 'one atom id', found: quote(word) });
    const first = lineOf.get(id);
    if (first !== undefined) {
      throw badInput({ file, line, expected: 'every atom id once', found: `id ${id} again, as on line ${first}` });
    }
    lineOf.set(id, line);
  }
  if (lineOf.size === 0) throw badInput({ file, expected: 'atom ids, one a line', found: 'none' });
  return Uint32Array.from(lineOf.keys());
}
