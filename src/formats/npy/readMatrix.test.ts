import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { describeFailure } from '#data/errors.ts';
import { type Bytes, blobSource } from '../format.ts';
import { failureOf, gzip } from '../testSupport.ts';
import { peekMatrix, readMatrix } from './readMatrix.ts';

interface Made {
  descr?: string;
  fortran?: boolean;
  shape?: number[];
  version?: 1 | 2 | 3;
  values?: readonly number[];
}

/** As NumPy writes it. */
function npy({
  descr = '<f8',
  fortran = false,
  shape = [3, 2],
  version = 1,
  values = [1, 2, 3, 4, 5, 6],
}: Made): Bytes {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const prefix = version === 1 ? 10 : 12;
  const header = text.padEnd(64 * Math.ceil((prefix + text.length + 1) / 64) - prefix - 1);
  const size = Number(descr[2]);
  const bytes = new Uint8Array(prefix + header.length + 1 + size * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  if (version === 1) view.setUint16(8, header.length + 1, true);
  else view.setUint32(8, header.length + 1, true);
  bytes.set(new TextEncoder().encode(`${header}\n`), prefix);
  values.forEach((value, k) => {
    const at = prefix + header.length + 1 + k * size;
    const little = descr[0] === '<';
    if (descr[1] === 'i') {
      if (size === 8) view.setBigInt64(at, BigInt(value), little);
      else view.setInt32(at, value, little);
    } else if (size === 8) view.setFloat64(at, value, little);
    else view.setFloat32(at, value, little);
  });
  return bytes;
}

const source = (bytes: Uint8Array, name = 'soap.npy') => blobSource(new Blob([bytes as Bytes]), name);
const inOrder = () => (row: number) => row;
const options = () => ({ memory: new MemoryLedger(), control: new Control() });
const read = (bytes: Uint8Array, name?: string) => readMatrix(source(bytes, name), inOrder, options());
const refusal = async (bytes: Uint8Array, name?: string) => describeFailure(await failureOf(read(bytes, name)));

describe('a matrix', () => {
  test.each<[string, Made]>([
    ['float64', {}],
    ['float32', { descr: '<f4' }],
    ['big-endian', { descr: '>f8' }],
    ['big-endian float32', { descr: '>f4' }],
    ['version 2', { version: 2 }],
    ['version 3', { version: 3 }],
    ['Fortran order', { fortran: true, values: [1, 3, 5, 2, 4, 6] }],
  ])('of %s', async (_, made) => {
    const matrix = await read(npy(made));
    expect(matrix).toMatchObject({ rows: 3, columns: 2, unused: [] });
    expect([...matrix.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(matrix.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await peekMatrix(source(npy(made)))).toEqual({ rows: 3, columns: 2, descr: made.descr ?? '<f8' });
  });

  test('gzipped, and of more than one piece', async () => {
    const values = Array.from({ length: 70_000 }, (_, k) => k / 7);
    const { values: back, columns } = await read(await gzip(npy({ shape: [100, 700], values })), 'soap.npy.gz');
    expect(columns).toBe(700);
    expect([...back]).toEqual(values.map(Math.fround));
  });

  test('rows go where they are to go', async () => {
    const matrix = await readMatrix(source(npy({})), () => (row) => 2 - row, options());
    expect([...matrix.values]).toEqual([5, 6, 3, 4, 1, 2]);
  });

  test.each(['<i8', '<i4', '>i8'])('of an archive, with atom ids of %s and what was not used', async (descr) => {
    const archive = zipSync({
      'soap.npy': npy({ descr: '<f4' }),
      'id.npy': npy({ descr, shape: [3], values: [30, 10, 20] }),
      'energy.npy': npy({ shape: [3], values: [0, 0, 0] }),
    });
    let seen: number[] = [];
    const matrix = await readMatrix(
      source(archive, 'soap.npz'),
      (header, ids) => {
        expect(header).toMatchObject({ rows: 3, columns: 2 });
        seen = [...ids!];
        return (row) => row;
      },
      options(),
    );
    expect(seen).toEqual([30, 10, 20]);
    expect([...matrix.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(matrix.unused).toEqual(['energy']);
    expect(await peekMatrix(source(archive, 'soap.npz'))).toMatchObject({ rows: 3, columns: 2 });
  });

  test('that is refused leaves nothing in memory, and a cancel ends it', async () => {
    const memory = new MemoryLedger();
    await expect(
      readMatrix(source(npy({ values: [1, 2, 3, 4, 5, Number.NaN] })), inOrder, { memory, control: new Control() }),
    ).rejects.toThrow('row 3, column 2');
    expect(memory.bytes).toBe(0);
    const control = new Control();
    control.cancel();
    await expect(readMatrix(source(npy({})), inOrder, { memory, control })).rejects.toThrow('Cancelled');
    expect(memory.bytes).toBe(0);
  });
});

test.each<[string, Uint8Array, string]>([
  ['whole numbers', npy({ descr: '<i8' }), 'expected numbers of float64 or float32, found "<i8"'],
  ['a vector', npy({ shape: [6] }), 'found shape (6)'],
  ['three dimensions', npy({ shape: [1, 3, 2] }), 'found shape (1, 3, 2)'],
  ['no rows', npy({ shape: [0, 2], values: [] }), 'found shape (0, 2)'],
  [
    'NaN',
    npy({ values: [1, Number.NaN, 3, 4, 5, 6] }),
    'row 1, column 2: expected a finite number within float32, found NaN',
  ],
  ['more than float32 holds', npy({ values: [1, 2, 3, 1e39, 5, 6] }), 'row 2, column 2: expected a finite number'],
  ['a file that was cut', npy({}).subarray(0, -3), 'expected 6 numbers, found 5'],
  ['a file that is longer', npy({ values: [1, 2, 3, 4, 5, 6, 7] }), 'found more bytes after them'],
  ['a header that was cut', npy({}).subarray(0, 40), 'expected descr, fortran_order and shape'],
  ['nothing', new Uint8Array(0), 'expected a NumPy file'],
  ['text', new TextEncoder().encode('1 2\n3 4\n'), 'expected a NumPy file'],
  ['an archive without arrays', zipSync({ 'a.txt': npy({}) }), 'expected one matrix of two dimensions, found no array'],
  ['an archive of two matrices', zipSync({ 'a.npy': npy({}), 'b.npy': npy({}) }), 'found a (2-D), b (2-D)'],
  [
    'an archive with ids of other rows',
    zipSync({ 'a.npy': npy({}), 'ids.npy': npy({ descr: '<i8', shape: [2], values: [1, 2] }) }),
    'expected 3 atom ids, one a row, found 2',
  ],
  ['a damaged archive', zipSync({ 'a.npy': npy({}) }).subarray(0, 60), 'it is no zip archive, or cut short'],
])('%s is refused in one sentence', async (_, bytes, sentence) => {
  const said = await refusal(bytes, 'soap');
  expect(said).toContain(sentence);
  expect(said).toMatch(/^soap.*\.$/);
});
