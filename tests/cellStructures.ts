import { MemoryLedger } from '#data/buffers.ts';
import { makeCell, makeCubicCell } from '#data/cell.ts';
import { makeColumn } from '#data/column.ts';
import { rowOfId } from '#data/snapshot.ts';
import type { Structure } from '#formats/format.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { cutReplicas } from '#kernels/replica/cutReplica.ts';
import { loadDump } from './loadDump.ts';

/** Three atoms of two elements in a skew cell with an origin: what a cube of Fe would not tell. */
export const THREE_ATOMS: Structure = {
  cell: makeCell([4, 0, 0, 1, 5, 0, 0, 0, 12], [1, 2, 3]),
  species: ['Fe', 'Cr', 'Fe'],
  position: Float64Array.of(3, 4, 9, 1, 2, 3, 1.25, 2.5, 3.0000000001),
  comment: 'replica cell of atom 12; edge 4 Å {{x}}\nof "a".dump & more',
  columns: [makeColumn('atom_id', '', Uint32Array.of(12, 7, 9))],
};

/** The cube of 10 Å around an atom of a dump of iron, as a package has it. */
export function replicaStructure(dumpFile: string | URL, id: number, seam: 'new-pairs' | 'all-pairs'): Structure {
  const dump = loadDump(dumpFile);
  const row = rowOfId(dump.ids, id);
  const list = buildCellList(dump.position, dump.cell, 2, new MemoryLedger());
  const cell = cutReplicas(list, [row], { edge: 10, minDistance: 2.2, seam }).get(row)!;
  return {
    cell: makeCubicCell(cell.edge),
    species: Array<string>(cell.rows.length).fill('Fe'),
    position: cell.position,
    comment: `replica cell of atom ${id}; atom 1 is the centre`,
    columns: [
      makeColumn(
        'atom_id',
        '',
        Uint32Array.from(cell.rows, (of) => dump.ids[of]!),
      ),
    ],
  };
}
