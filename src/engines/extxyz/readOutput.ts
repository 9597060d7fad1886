import type { Column } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import { parseComment } from '#formats/extxyz/comment.ts';
import { extxyz as format } from '#formats/extxyz/format.ts';
import type { Calculation, OutputReader } from '../calculation.ts';
import { parseFixed, splitLines } from '../outputText.ts';
import { namedColumn, readLastFrame } from '../readFrame.ts';

const KNOWN_NAMES = ['energies', 'local_energy', 'atomic_energy', 'atomic_energies', 'energy'];

/** Extended XYZ with a column of energies, eV, of whatever code and division. */
export const extxyz: OutputReader = {
  code: 'extended XYZ',
  recognises: (head) => format.sniff(head),
  read(text, file, wanted): Calculation {
    const { data, species, problems } = readLastFrame(format, text, file);
    const commentLine = data.firstLine - 1;
    const pairs = parseComment(file, commentLine, splitLines(text)[commentLine - 1]!);
    const reals = realNames(pairs.get('properties') ?? '');
    const column = chooseColumn(data.columns, reals, wanted, file, commentLine);
    const total = parseFixed(pairs.get('energy') ?? '');
    return {
      code: 'extended XYZ',
      version: null,
      partition: 'unstated',
      convergence: 'unknown',
      atoms: { energy: column.array, species, position: data.position },
      total_eV: Number.isFinite(total) ? total : null,
      line: data.firstLine,
      problems,
    };
  },
};

/** Names of the columns of one real number each. */
function realNames(properties: string): string[] {
  const parts = properties.split(':');
  return parts.filter(
    (_, index) => index % 3 === 0 && parts[index + 1]?.toUpperCase() === 'R' && parts[index + 2] === '1',
  );
}

function chooseColumn(
  columns: readonly Column<Float64Array>[],
  reals: readonly string[],
  wanted: string | null,
  file: string,
  line: number,
): Column<Float64Array> {
  const real = columns.filter(({ name }) => reals.includes(name));
  if (wanted !== null) return namedColumn(real, wanted, file, line);
  const known = real.filter(({ name }) => KNOWN_NAMES.includes(name.toLowerCase()));
  const candidates = known.length > 0 ? known : real;
  if (candidates.length === 1) return candidates[0]!;
  const expected = 'one column of energies (energies, local_energy, atomic_energy, or the only column of real numbers)';
  throw badInput({ file, line, expected, found: candidates.map(({ name }) => name).join(', ') || 'none' });
}
