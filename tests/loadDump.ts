import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Cell, makeCell } from '#data/cell.ts';

export interface LoadedDump {
  readonly cell: Cell;
  /** [n] ascending. */
  readonly ids: Uint32Array;
  /** [n, 3] Å, by ascending id. */
  readonly position: Float64Array;
  /** [n] the column `c_pe`, eV, by ascending id. */
  readonly energy: Float64Array;
}

/** A gzipped one-frame orthogonal periodic LAMMPS dump `id type x y z c_pe`: kernels' tests need no format reader. */
export function loadDump(path: string | URL): LoadedDump {
  const lines = gunzipSync(readFileSync(path)).toString('latin1').trimEnd().split('\n');
  const bounds = lines.slice(5, 8).map((line) => line.split(' ').map(Number) as [number, number]);
  const edges = bounds.map(([low, high]) => high - low);
  const rows = lines.slice(9).map((line) => line.split(' ').map(Number));
  rows.sort((a, b) => a[0]! - b[0]!);
  return {
    cell: makeCell(
      [edges[0]!, 0, 0, 0, edges[1]!, 0, 0, 0, edges[2]!],
      bounds.map(([low]) => low),
    ),
    ids: Uint32Array.from(rows, (row) => row[0]!),
    position: Float64Array.from(rows.flatMap((row) => row.slice(2, 5))),
    energy: Float64Array.from(rows, (row) => row[5]!),
  };
}
