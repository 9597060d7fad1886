import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { makeColumn } from '#data/column.ts';
import type { Warning } from '#data/errors.ts';
import { medianLatticeConstant } from '#kernels/cna/medianLatticeConstant.ts';
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
  const coincidentOfChunk = memory.allocate('coincident atoms', 'uint32', CHUNKS);
  await executor.run('classify', { list, out, coincidentOfChunk }, CHUNKS, control);

  const counts = STRUCTURE_TYPES.map(() => 0);
  for (const code of out.structureType) counts[code]!++;
  const bulkLatticeConstant = medianLatticeConstant(out);
  const warnings: Warning[] = [];
  const coincident = coincidentOfChunk.reduce((sum, count) => sum + count, 0);
  memory.release(coincidentOfChunk);
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
