import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { makeColumn } from '#data/column.ts';
import type { Warning } from '#data/errors.ts';
import { medianLatticeConstant } from '#kernels/cna/medianLatticeConstant.ts';
import { compareTypes, likelyTypeColumns, TYPES_DIFFER } from './compareTypes.ts';
import { CHUNKS } from './executor.ts';
import type { StageWork } from './results.ts';

/**
 * Structure type by adaptive CNA, coordination number (Eqs. 11-12) and local lattice constant of every atom; beside the
 * types that the file has, where somebody says what its numbers mean.
 */
export const classify: StageWork<'structure'> = async (results, parameters, { executor, control, memory }) => {
  const { list, snapshot } = results.snapshot!;
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
  const differs = parameters.structureColumn === null ? null : memory.allocate('differing types', 'uint8', list.count);
  const compared = differs && compareTypes(snapshot, out.structureType, parameters, differs);
  const likely = compared ? [] : likelyTypeColumns(snapshot);
  if (likely.length > 0) {
    const columns = `${likely.length === 1 ? 'column' : 'columns'} ${likely.join(', ')}`;
    warnings.push({
      message: `The file has structure types in ${columns}. Their numbers mean other structures with each program, so they are not used: to compare them, say whose they are (--structure-column, --structure-codes).`,
    });
  }
  return {
    result: { ...out, bulkLatticeConstant },
    summary: { counts, latticeConstant: bulkLatticeConstant, compared },
    columns: [
      makeColumn('structure.type', '', out.structureType),
      makeColumn('structure.coordination', '', out.coordination),
      ...(differs ? [makeColumn(TYPES_DIFFER, '', differs)] : []),
    ],
    warnings,
  };
};
