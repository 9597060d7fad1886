import { FROM_FILE } from '#descriptors/index.ts';
import type { CellList } from '#kernels/cellList/cellList.ts';
import { momentsLength } from '#kernels/pca/secondMoment.ts';
import { computedDescriptor, descriptorDimension, givenDescriptor } from './descriptorChoice.ts';
import { CHUNKS } from './executor.ts';
import { readDescriptors } from './readDescriptors.ts';
import type { StageWork } from './results.ts';
import { type DescriptorChoice, makeDescriber } from './tasks/describer.ts';

const SHOWN_COMPONENTS = 60;
/** Atoms whose mean stands in for the mean of all while moments are summed. */
const SAMPLED_ATOMS = 256;

/**
 * Describe every atom once, block by block, or read what another program computed, and find the principal components of
 * all of them.
 */
export const describe: StageWork<'descriptor'> = async (results, parameters, context, source) => {
  const { executor, control, memory } = context;
  const { list, snapshot } = results.snapshot!;
  const read =
    parameters.descriptor === FROM_FILE ? await readDescriptors(snapshot, parameters, context, source) : null;
  const descriptor = read
    ? givenDescriptor(read.matrix, read.file.columns, parameters)
    : computedDescriptor(parameters);
  const dimension = descriptorDimension(descriptor);
  const shift = memory.adopt('mean of a sample', 'float64', sampleMean(list, descriptor));
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
    result: { mean, components, explainedVariance, totalVariance, matrix: read?.matrix ?? null },
    summary: {
      dimension,
      arithmetic: descriptor.arithmetic,
      totalVariance,
      explainedRatio: Array.from(explainedVariance.subarray(0, SHOWN_COMPONENTS), (value) => value / totalVariance),
      file: read?.file ?? null,
    },
    columns: [],
    input: read?.file.sha256 ?? '',
    warnings: [
      ...(read?.warnings ?? []),
      ...(descriptor.arithmetic === parameters.arithmetic || read
        ? []
        : [
            {
              message:
                'There is no WebAssembly SIMD here: descriptors are computed in float64, some thirty times slower.',
            },
          ]),
    ],
  };
};

/**
 * Mean descriptor of a few atoms spread over the snapshot, in float32 numbers: near enough to the mean of all that
 * sums of products of what is left lose no digits.
 */
function sampleMean(list: CellList, descriptor: DescriptorChoice): Float64Array {
  const describer = makeDescriber(list, descriptor);
  const { dimension } = describer;
  const count = Math.min(SAMPLED_ATOMS, list.count);
  const sum = new Float64Array(dimension);
  const x = new Float64Array(dimension);
  for (let k = 0; k < count; k++) {
    describer.describe(Math.floor((k * list.count) / count), x, 0);
    for (let i = 0; i < dimension; i++) sum[i]! += x[i]!;
  }
  return sum.map((value) => Math.fround(value / Math.max(1, count)));
}
