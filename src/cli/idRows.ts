import { basename } from 'node:path';
import { badInput } from '#data/errors.ts';
import { rowOfId } from '#data/snapshot.ts';
import { readIdList } from '#formats/idList/read.ts';
import { readText } from './files.ts';

/**
 * Rows of the atoms that a file names, one id a line, in its order.
 * @param ids Of the snapshot, ascending.
 * @throws Refusal where there is no such file, or no such atom.
 */
export function rowsOfIdFile(file: string, ids: Uint32Array): Uint32Array {
  return readIdList(readText(file), basename(file)).map((id) => {
    const row = rowOfId(ids, id);
    if (row < 0) throw badInput({ file, message: `there is no atom with id ${id} in the snapshot` });
    return row;
  });
}
