import { MemoryLedger } from '#data/buffers.ts';
import type { Cell } from '#data/cell.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { EamEnergies } from '#kernels/eam/energies.ts';
import type { EamModel } from '#kernels/eam/model.ts';

/** Energies of all atoms of a small cell, eV, in their order; NaN for atoms that lie on one spot. */
export function energiesOfCell(
  position: Float64Array,
  cell: Cell,
  types: Uint8Array,
  elementOfType: Uint8Array,
  model: EamModel,
): Float64Array {
  const list = buildCellList(position, cell, 2.5, new MemoryLedger());
  const energy = new Float64Array(list.count);
  new EamEnergies({ list, types, elementOfType }, model).compute(0, list.count, energy);
  return energy;
}
