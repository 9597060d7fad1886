import { EV_PER_KCAL_PER_MOL } from '#chem/units.ts';
import type { Column } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import { lammpsDump as format } from '#formats/lammpsDump/format.ts';
import type { Calculation, OutputReader } from '../calculation.ts';
import { scale } from '../outputText.ts';
import { namedColumn, readLastFrame } from '../readFrame.ts';

/** Names of potential energies after LAMMPS' prefix of a compute, variable or fix. */
const SURE_NAME = /^([cvfd]_)?(pe|epot|peatom|pe_atom|poteng)(\[\d+\])?$/i;
const LIKELY_NAME = /^([cvfd]_)?(\w*energy|\w*epot|\w*_pe|pe_\w*|eng|eatom)(\[\d+\])?$/i;
const OTHER_ENERGY = /kin/i;

/** A dump with a column of potential energies, of all atoms or of the centre alone; atoms come back by id. */
export const lammpsDump: OutputReader = {
  code: 'LAMMPS',
  recognises: (head) => format.sniff(head.replace(/^\uFEFF/, '')),
  read(text, file, wanted): Calculation {
    const { data, species, problems } = readLastFrame(format, text, file);
    const column = chooseColumn(data.columns, wanted, file, data.firstLine - 1);
    const ids = data.ids ?? Uint32Array.from({ length: data.count }, (_, row) => row + 1);
    const order = Array.from(ids.keys()).sort((p, q) => ids[p]! - ids[q]!);
    const twice = order.find((row, k) => k > 0 && ids[order[k - 1]!] === ids[row]);
    if (twice !== undefined) {
      throw badInput({
        file,
        line: data.firstLine + twice,
        expected: 'every atom id once',
        found: `id ${ids[twice]} again`,
      });
    }
    // Units real are in kcal/mol; without the item, they are metal.
    const unit = /^ITEM: UNITS\s+real\b/m.test(text) ? EV_PER_KCAL_PER_MOL : 1;
    return {
      code: 'LAMMPS',
      version: null,
      partition: 'classical',
      convergence: 'no-self-consistency',
      atoms: {
        energy: scale(
          order.map((row) => column.array[row]!),
          unit,
        ),
        species: species && order.map((row) => species[row]!),
        position: Float64Array.from(order.flatMap((row) => Array.from(data.position.subarray(3 * row, 3 * row + 3)))),
      },
      total_eV: null,
      line: data.firstLine + order[0]!,
      problems,
    };
  },
};

function chooseColumn(
  columns: readonly Column<Float64Array>[],
  wanted: string | null,
  file: string,
  line: number,
): Column<Float64Array> {
  if (wanted !== null) return namedColumn(columns, wanted, file, line);
  const named = (pattern: RegExp) =>
    columns.filter(({ name, shape }) => shape.length === 1 && pattern.test(name) && !OTHER_ENERGY.test(name));
  const sure = named(SURE_NAME);
  const candidates = sure.length > 0 ? sure : named(LIKELY_NAME);
  if (candidates.length === 1) return candidates[0]!;
  const found = (candidates.length > 0 ? candidates : columns).map(({ name }) => name).join(', ') || 'none';
  throw badInput({ file, line, expected: 'one column of potential energies, such as c_pe', found });
}
