import { writeCsv } from '../csv/write.ts';

/** A row of `results.csv`, as the collector of a package writes it too. */
export interface ResultRow {
  readonly rank: number;
  readonly id: number;
  readonly directory: string;
  readonly role: string;
  /** Null where there is none. */
  readonly energy_eV: number | null;
  readonly code: string;
  readonly partition: string;
  /** `ok`, or why the energy should not be used. */
  readonly status: string;
}

const HEADER = ['rank', 'id', 'directory', 'role', 'energy', 'unit', 'code', 'partition', 'status'];

/** Energies as a table that `readEnergiesCsv` reads; numbers in full. */
export function writeResultsCsv(rows: Iterable<ResultRow>): string {
  const cells = Array.from(rows, (row) => [
    row.rank,
    row.id,
    row.directory,
    row.role,
    row.energy_eV,
    'eV',
    row.code,
    row.partition,
    row.status,
  ]);
  return [...writeCsv(HEADER, cells)].join('');
}
