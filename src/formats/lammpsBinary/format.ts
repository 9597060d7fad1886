import { ByteInput } from '../bytes/byteInput.ts';
import type { Bytes, BytesFormat } from '../format.ts';
import { BinaryFields, viewOf } from './fields.ts';
import { readHeader } from './header.ts';
import { readBinaryDump } from './read.ts';

/** Up to the first bound of the box of a frame without a magic string. */
const TRICLINIC_AT = 16;
const BOUNDARIES_AT = 20;
const BOX_AT = 44;
const MAGIC_AT = 8;

/** Files of LAMMPS' `dump atom` and `dump custom` whose name ends in `.bin`. */
export const lammpsBinary: BytesFormat = {
  name: 'lammps-binary',
  title: 'LAMMPS binary dump',
  extensions: ['.bin'],
  sniff(head) {
    if (head.length < BOX_AT) return false;
    return new TextDecoder('latin1').decode(head.subarray(MAGIC_AT, MAGIC_AT + 4)) === 'DUMP' || startsUnnamed(head);
  },
  async peek(head) {
    const { count, width } = await readHeader(new BinaryFields('', new ByteInput(once(head))));
    return { count, fields: width };
  },
  read: readBinaryDump,
};

/** No magic string: timestep, number of atoms, flag and boundaries are small whole numbers, as no text is. */
function startsUnnamed(head: Bytes): boolean {
  const view = viewOf(head);
  const between = (at: number, most: number) => view.getInt32(at, true) >= 0 && view.getInt32(at, true) <= most;
  const timestep = view.getBigInt64(0, true);
  const count = view.getBigInt64(MAGIC_AT, true);
  const whole = timestep >= 0 && timestep <= Number.MAX_SAFE_INTEGER && count > 0 && count <= Number.MAX_SAFE_INTEGER;
  const boundaries = [0, 1, 2, 3, 4, 5].every((side) => between(BOUNDARIES_AT + 4 * side, 3));
  return whole && between(TRICLINIC_AT, 2) && boundaries;
}

async function* once(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes;
}
