import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import { badInput } from '#data/errors.ts';
import { openZip, type ZippedFile } from '../archive/openZip.ts';
import { ByteInput } from '../bytes/byteInput.ts';
import type { ByteSource, Bytes } from '../format.ts';
import { inflate, readBytes, startsWith, takeHead, ZIP_MAGIC } from '../text/byteStream.ts';
import { parseDictionary } from './dictionary.ts';
import { NPY_SIGNATURE } from './dtypes.ts';

/** What a file with a matrix says of it before its numbers are read. */
export interface MatrixHeader {
  readonly rows: number;
  readonly columns: number;
  /** NumPy's name of the element type. */
  readonly descr: string;
}

/** One number for each atom (row) and feature (column). */
export interface Matrix extends MatrixHeader {
  /** [rows, columns] rounded to float32, each row where `rowOf` wants it. */
  readonly values: Float32Array;
  /** Of the file as given, lower-case hex. */
  readonly sha256: string;
  /** Arrays of an archive that were not used. */
  readonly unused: readonly string[];
}

/** Where row k of the file goes, given the atom ids that the file names beside the matrix, [rows], or null. */
export type Placing = (header: MatrixHeader, ids: Float64Array | null) => (row: number) => number;

/** Magic, version, and the length of the header: two bytes in version 1, four later. */
const VERSION_AT = NPY_SIGNATURE.length;
const LENGTH_AT = VERSION_AT + 2;
const LONGEST_HEADER = 65_535;
const ID_NAMES: readonly string[] = ['id', 'ids', 'atom_id', 'atom_ids'];
/** Bytes at a time: a whole number of every element. */
const PIECE = 1 << 18;

/** Numbers that NumPy writes, as they are read: little-endian and big-endian. */
const ELEMENTS: Readonly<
  Record<string, { readonly bytes: number; readonly read: (view: DataView, at: number, little: boolean) => number }>
> = {
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
};

/** A .npy array as a stream that is past its header. */
interface Opened {
  readonly file: string;
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly input: ByteInput;
}

/**
 * Read a matrix out of a NumPy file: .npy of version 1 to 3 in C or Fortran order, plain, gzip or Zstandard, or .npz with
 * one matrix and, if it likes, the atom ids of its rows (`id`). Numbers are float64 or float32 and are kept as float32.
 * Progress is in bytes as given.
 * @throws Refusal for anything else, for a value that is no finite number, and where there is no memory.
 */
export async function readMatrix(
  source: ByteSource,
  placing: Placing,
  { memory, control }: { readonly memory: MemoryLedger; readonly control: Control },
): Promise<Matrix> {
  const { name } = source;
  control.begin('reading', source.byteLength);
  const hash = sha256.create();
  const reader = source.stream().getReader();
  try {
    const given = await takeHead(
      readBytes(source, reader, (bytes) => hash.update(bytes), control),
      ZIP_MAGIC.length,
    );
    if (startsWith(given.head, ZIP_MAGIC)) {
      // Its directory stands at the end: the stream is only hashed.
      for await (const _ of given.rest) control.throwIfCancelled();
      const archive = await openArchive(source);
      const ids = archive.ids && (await fromArchive(archive.ids, readIds));
      const matrix = await fromArchive(archive.matrix, (opened) => readValues(opened, placing, ids, memory, control));
      return { ...matrix, sha256: bytesToHex(hash.digest()), unused: archive.unused };
    }
    const opened = await openNpy(name, inflate(name, given.rest));
    const matrix = await readValues(opened, placing, null, memory, control);
    return { ...matrix, sha256: bytesToHex(hash.digest()), unused: [] };
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * What a file with a matrix says of it, without its numbers.
 * @throws Refusal as `readMatrix` does.
 */
export async function peekMatrix(source: ByteSource): Promise<MatrixHeader> {
  const reader = source.stream().getReader();
  try {
    const given = await takeHead(
      readBytes(source, reader, () => {}),
      ZIP_MAGIC.length,
    );
    if (startsWith(given.head, ZIP_MAGIC)) {
      const { matrix } = await openArchive(source);
      return await fromArchive(matrix, matrixHeader);
    }
    return matrixHeader(await openNpy(source.name, inflate(source.name, given.rest)));
  } finally {
    reader.cancel().catch(() => {});
  }
}

interface Named {
  readonly name: string;
  readonly file: ZippedFile;
}

/** The one matrix of a .npz file, and the ids of its rows. */
async function openArchive(source: ByteSource): Promise<{ matrix: Named; ids: Named | null; unused: string[] }> {
  const { name, blob } = source;
  if (!blob) throw badInput({ file: name, message: 'an archive cannot be read from here' });
  const arrays: (Named & { readonly key: string; readonly dimensions: number })[] = [];
  for (const file of (await openZip(await blob(), name)).values()) {
    if (!file.path.endsWith('.npy')) continue;
    const place = `${name}, ${file.path}`;
    const named = { name: place, file };
    const dimensions = await fromArchive(named, ({ shape }) => shape.length);
    arrays.push({ ...named, key: file.path.slice(0, -'.npy'.length), dimensions });
  }
  const matrices = arrays.filter(({ dimensions }) => dimensions === 2);
  const [matrix] = matrices;
  if (!matrix || matrices.length > 1) {
    const found =
      arrays.length === 0 ? 'no array' : arrays.map(({ key, dimensions }) => `${key} (${dimensions}-D)`).join(', ');
    throw badInput({ file: name, expected: 'one matrix of two dimensions', found });
  }
  const ids = arrays.find(({ key, dimensions }) => dimensions === 1 && ID_NAMES.includes(key.toLowerCase())) ?? null;
  const unused = arrays.filter((array) => array !== matrix && array !== ids).map(({ key }) => key);
  return { matrix, ids, unused };
}

/** Use an array of an archive. Whoever stops early must end the unpacking: the next would wait for it. */
async function fromArchive<T>({ name, file }: Named, use: (opened: Opened) => T | Promise<T>): Promise<T> {
  const chunks = file.bytes();
  try {
    return await use(await openNpy(name, chunks));
  } finally {
    await chunks.return(undefined);
  }
}

async function openNpy(file: string, chunks: AsyncGenerator<Bytes>): Promise<Opened> {
  const input = new ByteInput(chunks);
  const head = (await input.take(LENGTH_AT)).slice();
  const major = head[VERSION_AT] ?? 0;
  if (head.length < LENGTH_AT || !startsWith(head, NPY_SIGNATURE) || major < 1 || major > 3) {
    throw badInput({ file, expected: 'a NumPy file (.npy of version 1 to 3, or .npz)', found: 'other bytes' });
  }
  const size = await input.take(major === 1 ? 2 : 4);
  const length = size.reduceRight((sum, byte) => 256 * sum + byte, 0);
  if (length > LONGEST_HEADER) {
    throw badInput({ file, expected: `a .npy header of at most ${LONGEST_HEADER} bytes`, found: `${length}` });
  }
  const header = new TextDecoder().decode((await input.take(length)).slice());
  return { file, ...parseDictionary(header.trim(), file), input };
}

function matrixHeader({ file, descr, shape }: Opened): MatrixHeader {
  const [rows, columns] = shape;
  if (shape.length !== 2 || !rows || !columns) {
    throw badInput({
      file,
      expected: 'a matrix: one row an atom, one column a number',
      found: `shape (${shape.join(', ')})`,
    });
  }
  if (!/^[<>]f[48]$/.test(descr))
    throw badInput({ file, expected: 'numbers of float64 or float32', found: `"${descr}"` });
  return { rows, columns, descr };
}

async function readIds(opened: Opened): Promise<Float64Array> {
  const { file, descr, shape } = opened;
  if (!/^[<>][iu][48]$/.test(descr))
    throw badInput({ file, expected: 'whole numbers as atom ids', found: `"${descr}"` });
  const ids = new Float64Array(shape[0] ?? 0);
  await eachNumber(opened, ids.length, (value, k) => {
    ids[k] = value;
  });
  return ids;
}

async function readValues(
  opened: Opened,
  placing: Placing,
  ids: Float64Array | null,
  memory: MemoryLedger,
  control: Control,
): Promise<MatrixHeader & Pick<Matrix, 'values'>> {
  const header = matrixHeader(opened);
  const { rows, columns } = header;
  const { file } = opened;
  if (ids && ids.length !== rows) {
    throw badInput({ file, expected: `${rows} atom ids, one a row`, found: `${ids.length}` });
  }
  const rowOf = placing(header, ids);
  const values = memory.allocate('descriptors of a file', 'float32', rows * columns);
  try {
    await eachNumber(
      opened,
      rows * columns,
      (value, k) => {
        const row = opened.fortranOrder ? k % rows : Math.floor(k / columns);
        const column = opened.fortranOrder ? Math.floor(k / rows) : k % columns;
        const single = Math.fround(value);
        if (!Number.isFinite(single)) {
          throw badInput({
            file,
            message: `row ${row + 1}, column ${column + 1}`,
            expected: 'a finite number within float32',
            found: String(value),
          });
        }
        values[rowOf(row) * columns + column] = single;
      },
      control,
    );
    return { ...header, values };
  } catch (thrown) {
    memory.release(values);
    throw thrown;
  }
}

/** Every number of an array, in the order of the file. @throws Refusal where there are more, or fewer, than it says. */
async function eachNumber(
  { file, descr, input }: Opened,
  count: number,
  take: (value: number, index: number) => void,
  control?: Control,
): Promise<void> {
  const { bytes, read } = ELEMENTS[descr.slice(1)]!;
  const little = descr[0] !== '>';
  for (let index = 0; index < count; ) {
    const wanted = Math.min(PIECE, (count - index) * bytes);
    const piece = await input.take(wanted);
    if (piece.length < wanted) {
      throw badInput({ file, expected: `${count} numbers`, found: `${index + Math.floor(piece.length / bytes)}` });
    }
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = 0; at < wanted; at += bytes) take(read(view, at, little), index++);
    control?.throwIfCancelled();
  }
  if (!(await input.ended())) throw badInput({ file, expected: `${count} numbers`, found: 'more bytes after them' });
}
