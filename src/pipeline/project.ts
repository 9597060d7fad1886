import { makeColumn } from '#data/column.ts';
import { countComponents } from '#kernels/pca/principalComponents.ts';
import { chooseDescriptor } from './descriptorChoice.ts';
import { CHUNKS } from './executor.ts';
import type { StageWork } from './results.ts';

/** Keep the leading components and describe every atom again, now by its scores. */
export const project: StageWork<'pool'> = async (results, parameters, { executor, control, memory }) => {
  const { list } = results.snapshot!;
  const { mean, components, explainedVariance, totalVariance } = results.descriptor!;
  const explainedRatio = explainedVariance.map((value) => value / totalVariance);
  const kept = countComponents(
    explainedRatio,
    parameters.components === null ? { variance: parameters.variance } : { components: parameters.components },
  );
  const loadings = memory.adopt('kept components', 'float64', components.subarray(0, kept * mean.length));
  const scores = memory.allocate('scores of the pool', 'float32', list.count * kept);
  control.begin('projecting', list.count);
  const descriptor = chooseDescriptor(parameters, results.descriptor);
  await executor.run('project', { list, descriptor, mean, loadings, scores }, CHUNKS, control);
  const shown = Array.from(explainedRatio.subarray(0, kept));
  return {
    result: {
      scores,
      components: kept,
      mean: mean.slice(),
      loadings,
      explainedVariance: explainedVariance.slice(0, kept),
    },
    summary: { components: kept, explained: shown.reduce((sum, part) => sum + part, 0), explainedRatio: shown },
    columns: [makeColumn('pool.scores', '', scores, kept)],
    warnings: [],
  };
};
