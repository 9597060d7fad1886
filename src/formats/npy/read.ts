import { ARRAY_TYPES, type DType, type NumericArray } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';
import { DESCR_OF_DTYPE, NPY_MAGIC, NPY_PREFIX } from './dtypes.ts';

export interface NpyArray {
  readonly dtype: DType;
  /** One or two extents. */
  readonly shape: readonly number[];
  /** Row-major; a copy. */
  readonly array: NumericArray;
}

/**
 * Read a NumPy .npy file: version 1.0, C order, little-endian, 1-D or 2-D, float64, float32, uint32, int32 or uint8.
 * @throws Refusal for anything else.
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  if (!NPY_MAGIC.every((byte, index) => bytes[index] === byte) || bytes.length < NPY_PREFIX) {
    throw badInput({ file, expected: 'a NumPy .npy file of version 1.0', found: 'other bytes' });
  }
  const headerLength = bytes[NPY_MAGIC.length]! + 256 * bytes[NPY_MAGIC.length + 1]!;
  const header = String.fromCharCode(...bytes.subarray(NPY_PREFIX, NPY_PREFIX + headerLength)).trim();
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || shapeText === undefined) {
    throw badInput({ file, expected: 'descr, fortran_order and shape in the .npy header', found: quote(header) });
  }
  const dtype = (Object.keys(DESCR_OF_DTYPE) as DType[]).find((candidate) => DESCR_OF_DTYPE[candidate] === descr);
  if (dtype === undefined) {
    const expected = `numbers of type ${Object.values(DESCR_OF_DTYPE).join(', ')}`;
    throw badInput({ file, expected, found: quote(descr) });
  }
  const shape = shapeText
    .split(',')
    .filter((extent) => extent.trim() !== '')
    .map(Number);
  if (shape.length < 1 || shape.length > 2) {
    throw badInput({ file, expected: 'an array of one or two dimensions', found: `${shape.length}` });
  }
  if (order === 'True' && shape.length === 2) {
    throw badInput({ file, expected: 'an array in C order', found: 'Fortran order' });
  }
  const type = ARRAY_TYPES[dtype];
  const length = shape.reduce((product, extent) => product * extent, 1);
  const start = NPY_PREFIX + headerLength;
  const wanted = length * type.BYTES_PER_ELEMENT;
  if (bytes.length - start !== wanted) {
    const found = `${Math.max(bytes.length - start, 0)}`;
    throw badInput({ file, expected: `${wanted} bytes of data for shape (${shape.join(', ')})`, found });
  }
  // The copy mends alignment, and takes bytes off shared memory.
  const data = new Uint8Array(wanted);
  data.set(bytes.subarray(start));
  return { dtype, shape, array: new type(data.buffer) };
}
