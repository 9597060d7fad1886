import Papa from 'papaparse';
import { type EnergyUnit, EV_PER_UNIT, parseEnergyUnit } from '#chem/units.ts';
import { badInput } from '#data/errors.ts';
import { parseDecimal, quote } from '../text/numbers.ts';
import { meaningfulLines } from '../text/smallText.ts';

/** Which atom or job an energy belongs to. */
export type EnergyKey =
  | { readonly kind: 'id' | 'rank'; readonly value: number }
  | { readonly kind: 'directory'; readonly value: string };

export interface EnergyRow {
  readonly key: EnergyKey;
  readonly energy_eV: number;
  /** False where the file names no unit and eV was taken. */
  readonly unitStated: boolean;
  /** 1-based. */
  readonly line: number;
  readonly origin: EnergyOrigin;
  /** What the energy is for, where the table says it: `train`, `probe8`. */
  readonly role?: string;
}

/** What a table says of how an energy came about; '' where it does not. */
export interface EnergyOrigin {
  /** Name of the program. */
  readonly code: string;
  /** How the energy of the cell was divided among its atoms. */
  readonly partition: string;
  /** `ok`, or why the energy should not be used. */
  readonly status: string;
}

/** A row whose energy is empty: the calculation has not come back yet, or failed. */
export type PendingRow = Pick<EnergyRow, 'key' | 'line' | 'origin' | 'role'>;

export interface EnergyTable {
  readonly rows: readonly EnergyRow[];
  readonly pending: readonly PendingRow[];
}

/** Names of the column that says whose energy it is, in order of preference. */
const KEY_COLUMNS = [
  { name: 'id', kind: 'id' },
  { name: 'atom_id', kind: 'id' },
  { name: 'rank', kind: 'rank' },
  { name: 'directory', kind: 'directory' },
] as const;
const LAST_ID = 0xffff_ffff;
const UNITS = Object.keys(EV_PER_UNIT).join(', ');

/** A cell with where it stands. */
interface Place {
  readonly file: string;
  readonly line: number;
}

interface Columns {
  readonly kind: EnergyKey['kind'];
  readonly key: number;
  readonly energy: number;
  readonly headerUnit: EnergyUnit | undefined;
  /** -1 where there is none, as with those of the origin. */
  readonly unit: number;
  readonly role: number;
  readonly origin: { readonly [K in keyof EnergyOrigin]: number };
}

/**
 * Energies from a table (comma, semicolon or tab; header required; `#` lines and blank lines do not count).
 * Columns in any order and case: `id` (or `atom_id`), else `rank`, else `directory`; `energy`, whose unit may stand in
 * the header (`energy_Ry`, `energy (Ry)`) or in a column `unit`; `code`, `partition` and `status` say where it is from
 * (as in `results.csv` of a package), `role` what it is for; others are ignored. Without a unit: eV.
 * @throws Refusal with file and line for a missing column, an unknown unit or contradictory units, and for a cell that
 * is not what its column says.
 */
export function readEnergiesCsv(text: string, file: string): EnergyTable {
  const lines = meaningfulLines(text);
  const header = lines[0];
  if (!header) throw badInput({ file, message: 'the table is empty' });
  const { data, errors } = Papa.parse<string[]>(lines.map((line) => line.text).join('\n'), {
    delimiter: delimiterOf(header.text),
    newline: '\n',
  });
  const broken = errors[0]?.row ?? (data.length === lines.length ? undefined : 0);
  if (broken !== undefined) {
    throw badInput({ file, line: lines[broken]!.line, message: 'a quote is not closed on its line' });
  }
  const [names, ...cells] = data.map((row) => row.map((cell) => cell.trim())) as [string[], ...string[][]];
  const columns = findColumns({ file, line: header.line }, names);
  const rows: EnergyRow[] = [];
  const pending: PendingRow[] = [];
  cells.forEach((row, index) => {
    const place = { file, line: lines[index + 1]!.line };
    if (row.length > names.length) {
      throw badInput({ ...place, expected: `${names.length} cells`, found: `${row.length}` });
    }
    const named = {
      key: parseKey(place, columns.kind, row[columns.key] ?? ''),
      line: place.line,
      origin: originOf(columns, row),
      ...(row[columns.role] ? { role: row[columns.role]! } : {}),
    };
    if (!row[columns.energy]) {
      pending.push(named);
      return;
    }
    const unit = unitOf(place, columns, row[columns.unit] ?? '');
    const energy_eV = parseEnergy(place, row[columns.energy]!, EV_PER_UNIT[unit ?? 'eV']);
    rows.push({ ...named, energy_eV, unitStated: unit !== undefined });
  });
  return { rows, pending };
}

/** The separator that the header has most of. */
function delimiterOf(header: string): string {
  const amount = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (amount(next) > amount(best) ? next : best));
}

function findColumns(place: Place, names: readonly string[]): Columns {
  const lower = names.map((name) => name.toLowerCase());
  const found = KEY_COLUMNS.find(({ name }) => lower.includes(name));
  if (!found) {
    throw badInput({ ...place, expected: 'a column id, rank or directory', found: quote(names.join(' ')) });
  }
  const energies = names.flatMap((name, column) => {
    const match = /^energy(?:\s*[([]\s*(\S*?)\s*[)\]]|[_ ](\w+))?$/i.exec(name);
    if (!match) return [];
    const bracketed = match[1];
    const unitText = bracketed ?? match[2];
    const unit = unitText === undefined ? undefined : parseEnergyUnit(unitText);
    // `energy_total` is another quantity, `energy (kJ)` is ours in a unit we do not know.
    if (unitText !== undefined && unit === undefined && bracketed === undefined) return [];
    if (bracketed !== undefined && unit === undefined) {
      throw badInput({ ...place, expected: `an energy unit (${UNITS})`, found: quote(bracketed) });
    }
    return [{ column, unit }];
  });
  const [energy, second] = energies;
  if (!energy || second) {
    throw badInput({ ...place, expected: 'one column energy', found: quote(names.join(' ')) });
  }
  return {
    kind: found.kind,
    key: lower.indexOf(found.name),
    energy: energy.column,
    headerUnit: energy.unit,
    unit: lower.indexOf('unit'),
    role: lower.indexOf('role'),
    origin: { code: lower.indexOf('code'), partition: lower.indexOf('partition'), status: lower.indexOf('status') },
  };
}

function originOf({ origin }: Columns, row: readonly string[]): EnergyOrigin {
  const cell = (column: number) => row[column] ?? '';
  return { code: cell(origin.code), partition: cell(origin.partition).toLowerCase(), status: cell(origin.status) };
}

function unitOf(place: Place, { headerUnit }: Columns, text: string): EnergyUnit | undefined {
  if (text === '') return headerUnit;
  const unit = parseEnergyUnit(text);
  if (!unit) throw badInput({ ...place, expected: `an energy unit (${UNITS})`, found: quote(text) });
  if (headerUnit && headerUnit !== unit) {
    throw badInput({ ...place, expected: `unit ${headerUnit} as in the header`, found: unit });
  }
  return unit;
}

/** In eV. */
function parseEnergy(place: Place, text: string, evPerUnit: number): number {
  const energy = parseDecimal(text) * evPerUnit;
  if (!Number.isFinite(energy)) throw badInput({ ...place, expected: 'a number for the energy', found: quote(text) });
  return energy;
}

function parseKey(place: Place, kind: EnergyKey['kind'], text: string): EnergyKey {
  if (kind === 'directory') {
    if (text === '') throw badInput({ ...place, expected: 'a directory', found: 'an empty cell' });
    return { kind, value: text };
  }
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= LAST_ID) return { kind, value };
  throw badInput({ ...place, expected: `a whole number for ${kind}`, found: quote(text) });
}
