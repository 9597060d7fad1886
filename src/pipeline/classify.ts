import { BCC, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { makeColumn } from '#data/column.ts';
import type { Warning } from '#data/errors.ts';
import { countCoincident } from '#kernels/cna/classify.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';
import { CHUNKS } from './executor.ts';
import type { StageWork } from './results.ts';

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
  const ofBcc = out.latticeConstant.filter((_, row) => out.structureType[row] === BCC);
  const bulkLatticeConstant = ofBcc.length > 0 ? medianOf(ofBcc) : null;
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
