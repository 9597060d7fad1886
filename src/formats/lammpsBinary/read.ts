import { badInput, type Warning } from '#data/errors.ts';
import type { ByteInput } from '../bytes/byteInput.ts';
import type { ChosenFrame, ReaderContext } from '../format.ts';
import type { ColumnPlan } from '../lammpsDump/columns.ts';
import { warnOfUnits } from '../lammpsDump/units.ts';
import { FrameKeeper } from '../text/frames.ts';
import { unscale } from '../text/unscale.ts';
import { BinaryFields, viewOf } from './fields.ts';
import { type FrameHeader, readHeader } from './header.ts';
import { areFractions, planBinaryColumns } from './plan.ts';
import { BinaryRows } from './rows.ts';

const DOUBLE = 8;
/** Atoms are read in pieces of about so many bytes. */
const PIECE = 64 * 1024;

/** The atoms of the wanted frame, once the first of them was seen. */
interface Atoms {
  readonly plan: ColumnPlan;
  readonly rows: BinaryRows;
}

/** All frames of a LAMMPS binary dump, of which the chosen one is kept; of the others the structure is checked. */
export async function readBinaryDump(context: ReaderContext, input: ByteInput): Promise<ChosenFrame<null>> {
  const { file } = context;
  const fields = new BinaryFields(file, input);
  const frames = new FrameKeeper<null>(context);
  /** Hold for the whole file: LAMMPS writes the units once. */
  const fileWarnings: Warning[] = [];
  while (!(await fields.ended())) {
    const byte = fields.offset;
    const header = await readHeader(fields);
    if (header.units) fileWarnings.push(...warnOfUnits({ file, byte }, header.units));
    if (header.count * header.width * DOUBLE > context.largestText) {
      const message = `the header promises ${header.count} atoms, more than a file of this size can hold`;
      throw badInput({ file, byte, message });
    }
    const atoms = await readAtoms(context, fields, header, frames.begin());
    if (atoms) keep(frames, header, atoms, fileWarnings);
  }
  return frames.finish();
}

/** The pieces of a frame: each starts with how many numbers it has. Null where the frame is not wanted. */
async function readAtoms(
  context: ReaderContext,
  fields: BinaryFields,
  header: FrameHeader,
  wanted: boolean,
): Promise<Atoms | null> {
  const { count, width, chunks } = header;
  const rowBytes = width * DOUBLE;
  const rowsAtOnce = Math.max(1, Math.floor(PIECE / rowBytes));
  let atoms: Atoms | null = null;
  let read = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const numbers = await fields.int32('the length of a piece of atoms');
    const rows = numbers / width;
    if (!(Number.isInteger(rows) && rows >= 0 && read + rows <= count)) {
      throw fields.refuse(`at most ${count - read} atoms of ${width} numbers in this piece`, `${numbers} numbers`);
    }
    for (const end = read + rows; read < end; ) {
      const some = Math.min(rowsAtOnce, end - read);
      const offset = fields.offset;
      const bytes = await fields.bytes(some * rowBytes, `atoms ${read + 1} to ${read + some} of ${count}`);
      if (wanted) {
        atoms ??= beginAtoms(context, header, viewOf(bytes));
        atoms.rows.readRows(bytes, offset);
      }
      read += some;
    }
  }
  if (read < count) throw fields.refuse(`${count} atoms in the pieces of this frame`, read);
  return atoms;
}

function beginAtoms(context: ReaderContext, header: FrameHeader, first: DataView): Atoms {
  const numbers = Array.from({ length: header.width }, (_, k) => first.getFloat64(k * DOUBLE, true));
  const plan = planBinaryColumns(context.file, header, numbers);
  return { plan, rows: new BinaryRows(context, header.count, plan.fields) };
}

function keep(
  frames: FrameKeeper<null>,
  { timestep, cell, columns }: FrameHeader,
  { plan, rows }: Atoms,
  fileWarnings: readonly Warning[],
): void {
  const warnings = [...fileWarnings, ...plan.warnings];
  const scaled = columns ? plan.scaled : areFractions(rows.position);
  if (scaled) unscale(rows.position, cell);
  if (!columns) {
    const taken = scaled ? 'fractions of the cell' : 'lengths in Å';
    warnings.push({
      message: `The file does not name its columns: they are taken as those of dump atom, its coordinates as ${taken}.`,
    });
  }
  if (!rows.typed) warnings.push({ message: 'The file names no species: all atoms are of one type.' });
  const { count, ids, types, species, position } = rows;
  const data = { count, timestep, cell, ids, types, species, position, columns: rows.columns };
  frames.keep({ ...data, firstLine: null, warnings });
}
