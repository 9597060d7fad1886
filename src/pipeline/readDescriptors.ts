import { badInput, badParameter, Refusal, type Warning } from '#data/errors.ts';
import { rowOfId, type Snapshot } from '#data/snapshot.ts';
import { isFolder, type StageSource } from '#formats/format.ts';
import { type Placing, readMatrix } from '#formats/npy/readMatrix.ts';
import type { Context } from './executor.ts';
import { PARAMETERS, type Parameters } from './parameters.ts';

/** Where descriptors that another program computed came from. */
export interface DescriptorFile {
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
  readonly columns: number;
  /** NumPy's name of its numbers; they are kept as float32. */
  readonly numbers: string;
  /** How rows were matched to atoms. */
  readonly order: 'ids beside it' | 'order of the file' | 'rising id' | 'rising id, which is the order of the file';
}

export interface ReadDescriptors {
  /** [n, D] by row. */
  readonly matrix: Float32Array;
  readonly file: DescriptorFile;
  readonly warnings: readonly Warning[];
}

/**
 * Descriptors of every atom from a file.
 * @throws Refusal for a file that is no matrix, one of other atoms, or rows that nobody can tell the atoms of.
 */
export async function readDescriptors(
  snapshot: Snapshot,
  parameters: Parameters,
  { memory, control }: Context,
  source: StageSource | undefined,
): Promise<ReadDescriptors> {
  if (!source) {
    const message = 'Its file is not at hand: choose the matrix of descriptors once more (--descriptor-file)';
    throw new Refusal({ tag: 'not-ready', message });
  }
  if (isFolder(source)) throw badInput({ file: source.name, expected: 'one .npy or .npz file', found: 'a folder' });
  let order: DescriptorFile['order'] = 'rising id';
  const placing: Placing = ({ rows, columns }, ids) => {
    const { count } = snapshot;
    if (rows !== count) {
      const expected = `a row for each of the ${count} atoms of ${snapshot.source.name}`;
      throw badInput({ file: source.name, expected, found: `${rows} rows of ${columns} numbers` });
    }
    const placed = ids ? byIds(snapshot, ids, source.name) : byOrder(snapshot, parameters.descriptorRows, source.name);
    order = placed.order;
    return placed.rowOf;
  };
  const { values, sha256, rows, columns, descr, unused } = await readMatrix(source, placing, { memory, control });
  return {
    matrix: values,
    file: { name: source.name, sha256, rows, columns, numbers: descr, order },
    warnings:
      unused.length === 0 ? [] : [{ message: `Arrays of ${source.name} that are not used: ${unused.join(', ')}.` }],
  };
}

type Placed = { readonly order: DescriptorFile['order']; readonly rowOf: (row: number) => number };

function byIds(snapshot: Snapshot, ids: Float64Array, file: string): Placed {
  const rowOf = new Uint32Array(ids.length);
  const seen = new Uint8Array(ids.length);
  for (let k = 0; k < ids.length; k++) {
    const id = ids[k]!;
    const row = rowOfId(snapshot.ids, id);
    const message = `row ${k + 1}`;
    if (row < 0) throw badInput({ file, message, expected: 'the id of an atom of the snapshot', found: `${id}` });
    if (seen[row]) throw badInput({ file, message, expected: 'every atom id once', found: `${id} again` });
    seen[row] = 1;
    rowOf[k] = row;
  }
  return { order: 'ids beside it', rowOf: (row) => rowOf[row]! };
}

function byOrder({ fileOrder, source }: Snapshot, said: Parameters['descriptorRows'], file: string): Placed {
  const same = (row: number) => row;
  if (fileOrder === null) return { order: 'rising id, which is the order of the file', rowOf: same };
  if (said === 'ids') return { order: 'rising id', rowOf: same };
  if (said === 'unsaid') {
    throw badParameter(
      `${PARAMETERS.descriptorRows.label} (--descriptor-rows): the atoms of ${source.name} do not stand in the order of their ids, so say whether the rows of ${file} are in the order of that file (file-order) or by rising id (ids)`,
    );
  }
  if (!fileOrder) throw badParameter(`The order of the atoms in ${source.name} is not known any more: open it again`);
  const rowOf = new Uint32Array(fileOrder.length);
  fileOrder.forEach((place, row) => {
    rowOf[place] = row;
  });
  return { order: 'order of the file', rowOf: (row) => rowOf[row]! };
}
