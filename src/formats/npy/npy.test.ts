import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ARRAY_TYPES, type DType, dtypeOf, type NumericArray } from '#data/column.ts';
import { describeFailure, Refusal } from '#data/errors.ts';
import { readNpy } from './read.ts';
import { npyHeader, writeNpy } from './write.ts';

function write(dtype: DType, shape: number[], blocks: NumericArray[]): Uint8Array {
  const pieces = [...writeNpy(dtype, shape, blocks)];
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function refusal(bytes: Uint8Array): string {
  try {
    readNpy(bytes, 'a.npy');
  } catch (thrown) {
    if (thrown instanceof Refusal) return describeFailure(thrown.failure);
    throw thrown;
  }
  throw new Error('this was not refused');
}

/** A file with this header, as NumPy would pad it, and that many bytes of data. */
function withHeader(header: string, dataBytes: number): Uint8Array {
  const padded = header.padEnd(117);
  const bytes = new Uint8Array(128 + dataBytes);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  bytes.set(new TextEncoder().encode(`${padded}\n`), 10);
  return bytes;
}

test('the header is what NumPy 1.24 writes for np.zeros((3, 2), np.float32), byte for byte', () => {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";
  expect(npyHeader('float32', [3, 2])).toEqual(withHeader(header, 0));
});

test('arrays of every type come back, in blocks or whole, from any alignment', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(ARRAY_TYPES) as DType[])),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 40 }),
      fc.nat(3),
      (dtype, values, offset) => {
        const even = values.length - (values.length % 2);
        const array = ARRAY_TYPES[dtype].from(values.slice(0, even));
        const shape = [even / 2, 2];
        const bytes = write(dtype, shape, [array.subarray(0, 3), array.subarray(3)]);
        const shifted = new Uint8Array(bytes.length + offset);
        shifted.set(bytes, offset);
        const back = readNpy(shifted.subarray(offset), 'a.npy');
        expect(back).toEqual({ dtype, shape, array });
        expect(dtypeOf(back.array)).toBe(dtype);
      },
    ),
    { seed: 1 },
  );
});

test('reads one-dimensional arrays, empty ones too', () => {
  expect(readNpy(write('uint32', [3], [Uint32Array.of(1, 2, 0xffff_ffff)]), 'a.npy').shape).toEqual([3]);
  expect(readNpy(write('float64', [0], []), 'a.npy')).toEqual({
    dtype: 'float64',
    shape: [0],
    array: new Float64Array(),
  });
});

test('what it cannot read is refused with a sentence', () => {
  const header = (descr: string, order: string, shape: string) =>
    `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  expect(refusal(new Uint8Array(20))).toContain('expected a NumPy .npy file of version 1.0');
  expect(refusal(withHeader(header('<i8', 'False', '(2,)'), 16))).toContain('found "<i8"');
  expect(refusal(withHeader(header('>f8', 'False', '(2,)'), 16))).toContain('found ">f8"');
  expect(refusal(withHeader(header('<f8', 'True', '(2, 1)'), 16))).toContain('expected an array in C order');
  expect(refusal(withHeader(header('<f8', 'False', '(1, 2, 1)'), 16))).toContain('one or two dimensions');
  expect(refusal(withHeader(header('<f8', 'False', '(2,)'), 15))).toBe(
    'a.npy: expected 16 bytes of data for shape (2), found 15.',
  );
  expect(refusal(withHeader('{}', 0))).toContain('expected descr, fortran_order and shape');
});

test('blocks that do not fill the shape are refused', () => {
  expect(() => write('float64', [3], [Float64Array.of(1, 2)])).toThrow('hold 1 numbers too few');
  expect(() => write('float64', [1], [Float64Array.of(1, 2)])).toThrow('hold 1 numbers too many');
  expect(() => write('float64', [2], [Float32Array.of(1, 2)])).toThrow('A block of float32');
});
