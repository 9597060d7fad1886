import { type DType, dtypeOf, type NumericArray } from '#data/column.ts';
import { badParameter } from '#data/errors.ts';
import { DESCR_OF_DTYPE, NPY_MAGIC, NPY_PREFIX } from './dtypes.ts';

const ALIGNMENT = 64;

/** The header of a NumPy .npy file (NEP 1, version 1.0, C order), padded so that the data start at a multiple of 64. */
export function npyHeader(dtype: DType, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${DESCR_OF_DTYPE[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((NPY_PREFIX + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(length).fill(0x20);
  header.set(NPY_MAGIC);
  new DataView(header.buffer).setUint16(NPY_MAGIC.length, length - NPY_PREFIX, true);
  header.set(new TextEncoder().encode(dictionary), NPY_PREFIX);
  header[length - 1] = 0x0a;
  return header;
}

/**
 * A .npy file in pieces: the header for the whole `shape`, then one piece a block, in order, so that an array may be
 * written while it is computed. The pieces are views of the blocks: use each before asking for the next.
 * Every machine that runs this is little-endian.
 * @throws Refusal (`bad-parameter`) where a block is of another type, or all together do not fill the shape.
 */
export function* writeNpy(
  dtype: DType,
  shape: readonly number[],
  blocks: Iterable<NumericArray>,
): Generator<Uint8Array> {
  yield npyHeader(dtype, shape);
  let missing = shape.reduce((product, extent) => product * extent, 1);
  for (const block of blocks) {
    if (dtypeOf(block) !== dtype) throw badParameter(`A block of ${dtypeOf(block)} in a .npy file of ${dtype}`);
    missing -= block.length;
    yield new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
  }
  if (missing !== 0) {
    const amount = `${Math.abs(missing)} numbers too ${missing > 0 ? 'few' : 'many'}`;
    throw badParameter(`The blocks of a .npy file of shape (${shape.join(', ')}) hold ${amount}`);
  }
}
