import { STRUCTURE_CODES, type StructureCodes } from '#chem/structureCodes.ts';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { badParameter } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { fileColumn } from './fileColumn.ts';
import { PARAMETERS, type Parameters } from './parameters.ts';

/** Column of the atoms whose type the file has otherwise, [n] 0 or 1. */
export const TYPES_DIFFER = 'structure.differs';

/** Structure types of the file beside our own. */
export interface ComparedTypes {
  readonly column: string;
  readonly codes: string;
  /** Atoms whose type the file knows. */
  readonly compared: number;
  readonly agreeing: number;
  /** Atoms by the file's type (rows) and ours (columns), both by our code. */
  readonly table: readonly (readonly number[])[];
}

/** Names that programs give to columns of structure types. */
const TELLING = /^(structure_?types?|pattern|([cv]_)?(a?cna|ackland|ptm|polyhedral)\w*(\[\d+\])?)$/i;
const HIGHEST_CODE = 8;

/**
 * Compare the file's structure types with ours, by the codes that somebody named.
 * @param differs [n] 1 where both know the type of an atom and differ.
 * @throws Refusal (`bad-parameter`) where there is no such column, nobody says whose codes it has, or it has others.
 */
export function compareTypes(
  snapshot: Snapshot,
  own: Uint8Array,
  { structureColumn, structureCodes }: Parameters,
  differs: Uint8Array,
): ComparedTypes {
  const name = structureColumn!;
  const { array } = fileColumn(snapshot, name, `${PARAMETERS.structureColumn.label} (--structure-column)`);
  if (structureCodes === 'unsaid') {
    throw badParameter(
      `${PARAMETERS.structureCodes.label} (--structure-codes): the numbers in column ${name} mean other structures with each program; expected one of ${Object.keys(STRUCTURE_CODES).join(', ')}, found nothing`,
    );
  }
  const { label, types }: StructureCodes = STRUCTURE_CODES[structureCodes];
  const table = STRUCTURE_TYPES.map(() => STRUCTURE_TYPES.map(() => 0));
  let compared = 0;
  let agreeing = 0;
  for (let row = 0; row < array.length; row++) {
    const code = array[row]!;
    const type = Number.isNaN(code) ? null : types[code];
    if (type === undefined) {
      throw badParameter(
        `${PARAMETERS.structureCodes.label} (--structure-codes): column ${name} has ${code} for atom ${snapshot.ids[row]}, which is no code of ${label}`,
      );
    }
    if (type === null) continue;
    const ours = own[row]!;
    compared++;
    if (type === ours) agreeing++;
    else differs[row] = 1;
    table[type]![ours]!++;
  }
  return { column: name, codes: structureCodes, compared, agreeing, table };
}

/** Columns of the file that look like structure types: whose codes they have is for somebody to say. */
export function likelyTypeColumns({ columns }: Snapshot): string[] {
  return columns
    .filter(({ name, shape, array }) => shape.length === 1 && TELLING.test(name) && array.every(isCode))
    .map(({ name }) => name);
}

function isCode(value: number): boolean {
  return Number.isNaN(value) || (Number.isInteger(value) && value >= 0 && value <= HIGHEST_CODE);
}

/** "99.8 % of 16,057 as in column c_cna; most often the file says BCC and we OTH (31)". */
export function comparedWords({ column, compared, agreeing, table }: ComparedTypes): string {
  const share = compared === 0 ? '0' : ((100 * agreeing) / compared).toFixed(2);
  const whole = `${share} % of ${compared} atoms are as in column ${column}`;
  const differing = table.flatMap((counts, file) =>
    counts.flatMap((count, ours) => (file !== ours && count > 0 ? [{ file, ours, count }] : [])),
  );
  const most = differing.sort((a, b) => b.count - a.count)[0];
  if (!most) return whole;
  const labelOf = (code: number) => STRUCTURE_TYPES[code]!.label;
  return `${whole}; most often the file says ${labelOf(most.file)} and this program ${labelOf(most.ours)} (${most.count})`;
}
