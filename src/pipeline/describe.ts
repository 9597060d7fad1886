import { momentsLength } from '#kernels/pca/secondMoment.ts';
import { chooseDescriptor, descriptorDimension } from './descriptorChoice.ts';
import { CHUNKS } from './executor.ts';
import type { StageWork } from './results.ts';
import { makeDescriber } from './tasks/describer.ts';

const SHOWN_COMPONENTS = 60;

/** Describe every atom once, block by block, and find the principal components of all of them. */
export const describe: StageWork<'descriptor'> = async (results, parameters, { executor, control, memory }) => {
  const { list } = results.snapshot!;
  const descriptor = chooseDescriptor(parameters);
  const dimension = descriptorDimension(descriptor);
  const shift = memory.allocate('first descriptor', 'float64', dimension);
  if (list.count > 0) makeDescriber(list, descriptor).describe(0, shift, 0);
  const moments = memory.allocate('moments of the descriptors', 'float64', CHUNKS * momentsLength(dimension));
  control.begin('describing', list.count);
  await executor.run('moments', { list, descriptor, shift, moments }, CHUNKS, control);

  const mean = memory.allocate('mean descriptor', 'float64', dimension);
  const components = memory.allocate('principal components', 'float64', dimension * dimension);
  const explainedVariance = memory.allocate('explained variances', 'float64', dimension);
  control.begin('diagonalising', 1);
  await executor.run('components', { moments, shift, mean, components, explainedVariance }, 1, control);
  memory.release(moments, shift);

  const totalVariance = explainedVariance.reduce((sum, value) => sum + value, 0);
  return {
    result: { mean, components, explainedVariance, totalVariance },
    summary: {
      dimension,
      totalVariance,
      explainedRatio: Array.from(explainedVariance.subarray(0, SHOWN_COMPONENTS), (value) => value / totalVariance),
    },
    columns: [],
    warnings: [],
  };
};
