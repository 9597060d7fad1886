import { type Cell, makeCell } from '#data/cell.ts';
import type { Warning } from '#data/errors.ts';

/** Å; the least edge of the cell that is put around the atoms of a file without one. */
const LEAST_EDGE = 1;

/** Goes with `boundingCell`. */
export const NO_CELL: Warning = {
  message: 'The file gives no cell: the boundaries are open, and the cell is the box around the atoms.',
};

/** The box around the positions, open in all directions; no edge shorter than `LEAST_EDGE`. */
export function boundingCell(position: Float64Array): Cell {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < position.length; at++) {
    const k = at % 3;
    low[k] = Math.min(low[k]!, position[at]!);
    high[k] = Math.max(high[k]!, position[at]!);
  }
  const edge = high.map((bound, k) => Math.max(bound - low[k]!, LEAST_EDGE));
  return makeCell([edge[0]!, 0, 0, 0, edge[1]!, 0, 0, 0, edge[2]!], low, [false, false, false]);
}
