import type { Cell } from '#data/cell.ts';
import { cellOfBox } from '../lammpsDump/box.ts';
import type { BinaryFields } from './fields.ts';

/** Names of the styles as files with a magic string give them. */
const STYLES = ['DUMPATOM', 'DUMPCUSTOM'];
const LONGEST_MAGIC = 64;
const LITTLE_ENDIAN = 1;
const LATEST_REVISION = 2;
/** The largest number of atoms, and of timesteps, that a double holds exactly. */
const MOST = Number.MAX_SAFE_INTEGER;
const MOST_COLUMNS = 10_000;
const LONGEST_TEXT = 1024 * 1024;
/** Kinds of box by the flag of the file. Only the last LAMMPS versions write the third. */
const BOXES = ['orthogonal', 'triclinic', 'general'] as const;
const SIDES = 6;
const PERIODIC = 0;
const LAST_BOUNDARY = 3;

/** All that stands before the atoms of a frame. */
export interface FrameHeader {
  readonly timestep: number;
  readonly count: number;
  readonly cell: Cell;
  /** Numbers for every atom. */
  readonly width: number;
  /** Null where the file does not say. */
  readonly units: string | null;
  /** Names of the numbers; null in files of old revisions. */
  readonly columns: readonly string[] | null;
  /** Pieces in which the atoms come, one a processor that wrote. */
  readonly chunks: number;
  /** 0-based byte of the columns, or of where they would be. */
  readonly columnsAt: number;
}

/**
 * The header of a frame (LAMMPS, tools/binary2txt.cpp). The oldest revision starts with the timestep at once; later ones
 * with the negative length of a magic string.
 * @throws Refusal with the byte for what no dump can hold.
 */
export async function readHeader(fields: BinaryFields): Promise<FrameHeader> {
  const first = await fields.int64('a timestep');
  const revision = first < 0 ? await readMagic(fields, -first) : 0;
  const timestep = first < 0 ? await fields.int64('a timestep') : first;
  if (!(timestep >= 0 && timestep <= MOST)) throw fields.refuse('a timestep', timestep);
  const count = await fields.int64('the number of atoms');
  if (!(count > 0 && count <= MOST)) throw fields.refuse('a number of atoms', count);
  const cell = await readBox(fields);
  const width = await fields.int32('the number of columns');
  if (!(width > 0 && width <= MOST_COLUMNS)) throw fields.refuse('a number of columns', width);
  const units = revision < 2 ? '' : await readText(fields, 'the units');
  if (revision >= 2) await skipTime(fields);
  const columnsAt = fields.offset;
  const names = revision < 2 ? null : (await readText(fields, 'the names of columns')).split(/\s+/).filter(Boolean);
  if (names && names.length !== width) throw fields.refuse(`${width} names of columns`, names.join(' '));
  const chunks = await fields.int32('the number of processors');
  if (chunks < 1) throw fields.refuse('a number of processors', chunks);
  return { timestep, count, cell, width, units: units || null, columns: names, chunks, columnsAt };
}

async function readMagic(fields: BinaryFields, length: number): Promise<number> {
  if (length > LONGEST_MAGIC) throw fields.refuse('the length of a magic string, its low byte first', -length);
  const magic = await fields.text(length, 'the magic string');
  if (!STYLES.includes(magic)) throw fields.refuse(`one of ${STYLES.join(', ')}`, `"${magic}"`);
  const endian = await fields.int32('the byte order');
  if (endian !== LITTLE_ENDIAN) throw fields.refuse('numbers with their low bytes first', 'another order');
  const revision = await fields.int32('the revision');
  if (revision < 1 || revision > LATEST_REVISION) {
    throw fields.refuse(`a revision from 1 to ${LATEST_REVISION} of the format`, revision);
  }
  return revision;
}

async function readBox(fields: BinaryFields): Promise<Cell> {
  const flag = await fields.int32('the kind of box');
  const kind = BOXES[flag];
  if (!kind) throw fields.refuse('a kind of box from 0 to 2', flag);
  const periodic: boolean[] = [];
  for (let side = 0; side < SIDES; side++) {
    const boundary = await fields.int32('the boundaries');
    if (boundary < 0 || boundary > LAST_BOUNDARY) throw fields.refuse('a boundary from 0 to 3', boundary);
    periodic.push(boundary === PERIODIC);
  }
  const byte = fields.offset;
  const of = (k: number) => periodic[2 * k]! && periodic[2 * k + 1]!;
  return cellOfBox({
    kind,
    periodic: [of(0), of(1), of(2)],
    place: { file: fields.file, byte },
    rows: await readBoxRows(fields, kind),
  });
}

/** As a text dump writes them: lo hi, lo hi tilt, or a vector and a component of the origin. */
async function readBoxRows(fields: BinaryFields, kind: (typeof BOXES)[number]): Promise<number[][]> {
  if (kind === 'general') {
    const numbers = await fields.doubles(12, 'the box');
    return [0, 1, 2].map((k) => [...numbers.slice(3 * k, 3 * k + 3), numbers[9 + k]!]);
  }
  const bounds = await fields.doubles(6, 'the box');
  const tilts = kind === 'triclinic' ? await fields.doubles(3, 'the tilts of the box') : [];
  return [0, 1, 2].map((k) => [...bounds.slice(2 * k, 2 * k + 2), ...tilts.slice(k, k + 1)]);
}

async function readText(fields: BinaryFields, what: string): Promise<string> {
  const length = await fields.int32(`the length of ${what}`);
  if (length < 0 || length > LONGEST_TEXT) throw fields.refuse(`a length of ${what}`, length);
  return fields.text(length, what);
}

/** The simulated time is not kept: the timestep names the frame. */
async function skipTime(fields: BinaryFields): Promise<void> {
  const [given] = await fields.bytes(1, 'the flag of the time');
  if (given! > 1) throw fields.refuse('0 or 1 for whether there is a time', given!);
  if (given === 1) await fields.doubles(1, 'the time');
}
