import { ARRAY_TYPES, type DType, type NumericArray } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';
import { parseDictionary } from './dictionary.ts';
import { DESCR_OF_DTYPE, NPY_MAGIC, NPY_PREFIX } from './dtypes.ts';

export interface NpyArray {
  readonly dtype: DType;
  /** One or two extents. */
  readonly shape: readonly number[];
  /** Row-major; a copy. */
  readonly array: NumericArray;
}

export interface NpyHeader {
  readonly dtype: DType;
  /** One or two extents. */
  readonly shape: readonly number[];
  /** Numbers of the array. */
  readonly length: number;
  /** Where in the file they start, bytes. */
  readonly start: number;
}

/** No header is longer than its own length can say. */
export const LONGEST_NPY_HEADER = NPY_PREFIX + 65_535;

/**
 * Read a NumPy .npy file: version 1.0, C order, little-endian, 1-D or 2-D, float64, float32, uint32, int32 or uint8.
 * @throws Refusal for anything else.
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const { dtype, shape, start } = readNpyHeader(bytes, bytes.length, file);
  // The copy mends alignment, and takes bytes off shared memory.
  const data = new Uint8Array(bytes.length - start);
  data.set(bytes.subarray(start));
  return { dtype, shape, array: new ARRAY_TYPES[dtype](data.buffer) };
}

/**
 * What the first `LONGEST_NPY_HEADER` bytes of a file of `fileBytes` bytes say.
 * @throws Refusal as `readNpy` does.
 */
export function readNpyHeader(bytes: Uint8Array, fileBytes: number, file: string): NpyHeader {
  if (!NPY_MAGIC.every((byte, index) => bytes[index] === byte) || bytes.length < NPY_PREFIX) {
    throw badInput({ file, expected: 'a NumPy .npy file of version 1.0', found: 'other bytes' });
  }
  const headerLength = bytes[NPY_MAGIC.length]! + 256 * bytes[NPY_MAGIC.length + 1]!;
  const header = String.fromCharCode(...bytes.subarray(NPY_PREFIX, NPY_PREFIX + headerLength)).trim();
  const { descr, fortranOrder, shape } = parseDictionary(header, file);
  const dtype = (Object.keys(DESCR_OF_DTYPE) as DType[]).find((candidate) => DESCR_OF_DTYPE[candidate] === descr);
  if (dtype === undefined) {
    const expected = `numbers of type ${Object.values(DESCR_OF_DTYPE).join(', ')}`;
    throw badInput({ file, expected, found: quote(descr) });
  }
  if (shape.length < 1 || shape.length > 2) {
    throw badInput({ file, expected: 'an array of one or two dimensions', found: `${shape.length}` });
  }
  if (fortranOrder && shape.length === 2) {
    throw badInput({ file, expected: 'an array in C order', found: 'Fortran order' });
  }
  const length = shape.reduce((product, extent) => product * extent, 1);
  const start = NPY_PREFIX + headerLength;
  const wanted = length * ARRAY_TYPES[dtype].BYTES_PER_ELEMENT;
  if (fileBytes - start !== wanted) {
    const found = `${Math.max(fileBytes - start, 0)}`;
    throw badInput({ file, expected: `${wanted} bytes of data for shape (${shape.join(', ')})`, found });
  }
  return { dtype, shape, length, start };
}
