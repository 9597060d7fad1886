import { BCC, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { makeColumn } from '#data/column.ts';
import type { Warning } from '#data/errors.ts';
import { type Classification, countCoincident } from '#kernels/cna/classify.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';
import { CHUNKS } from './executor.ts';
import type { StageWork } from './results.ts';

/** Median local lattice constant of the BCC atoms, Å; null where there are none. */
export function medianOverBcc({ latticeConstant, structureType }: Classification): number | null {
  const ofBcc = latticeConstant.filter((_, row) => structureType[row] === BCC);
  return ofBcc.length > 0 ? medianOf(ofBcc) : null;
}

/** Structure type by adaptive CNA, coordination number (Eqs. 11-12) and local lattice constant of every atom. */
export const classify: StageWork<'structure'> = async (results, _parameters, { executor, control, memory }) => {
  const { list } = results.snapshot!;
  const out = {
    structureType: memory.allocate('structure types', 'uint8', list.count),
    coordination: memory.allocate('coordination numbers', 'uint8', list.count),
    latticeConstant: memory.allocate('local lattice constants', 'float32', list.count),
  };
  control.begin('classifying', list.count);
  await executor.run('classify', { list, out }, CHUNKS, control);

  const counts = STRUCTURE_TYPES.map(() => 0);
  for (const code of out.structureType) counts[code]!++;
  const bulkLatticeConstant = medianOverBcc(out);
  const warnings: Warning[] = [];
  const coincident = countCoincident(list);
  if (coincident > 0) {
    warnings.push({ message: `${coincident} atoms lie on the very spot of another atom: check the snapshot.` });
  }
  return {
    result: { ...out, bulkLatticeConstant },
    summary: { counts, latticeConstant: bulkLatticeConstant },
    columns: [
      makeColumn('structure.type', '', out.structureType),
      makeColumn('structure.coordination', '', out.coordination),
    ],
    warnings,
  };
};
