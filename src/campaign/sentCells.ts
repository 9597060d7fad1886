import type { Job } from './jobs.ts';
import type { SentCell } from './matchAtoms.ts';
import type { Campaign } from './packageFiles.ts';
import { commonestType } from './structures.ts';

/** The cell of a job as it was sent out; null where none was cut. */
export function sentCellOf({ cells, bulk, snapshot }: Campaign, { row }: Job): SentCell | null {
  const { types, species } = snapshot;
  if (row === null) {
    const symbol = species[commonestType(snapshot)] ?? null;
    const count = bulk.position.length / 3;
    return { position: bulk.position, edge: bulk.edge, species: symbol === null ? null : Array(count).fill(symbol) };
  }
  const cell = cells.get(row);
  if (!cell) return null;
  const symbols = Array.from(cell.rows, (atom) => species[types[atom]!] ?? null);
  const known = symbols.every((symbol) => symbol !== null);
  return { position: cell.position, edge: cell.edge, species: known ? symbols : null };
}
