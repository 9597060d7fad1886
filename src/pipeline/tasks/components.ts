import { principalComponents } from '#kernels/pca/principalComponents.ts';
import { combineMoments, momentsLength } from '#kernels/pca/secondMoment.ts';
import type { Task } from './task.ts';

export interface ComponentsInput {
  /** [chunks, 1 + D + D (D + 1) / 2]. */
  readonly moments: Float64Array;
  /** [D] what the moments were taken with. */
  readonly shift: Float64Array;
  /** [D], [D, D] eigenvectors in rows, [D] eigenvalues: written. */
  readonly mean: Float64Array;
  readonly components: Float64Array;
  readonly explainedVariance: Float64Array;
}

/**
 * Eigenvectors of the covariance. One chunk, but on a thread of the pool: the library cannot be interrupted, a thread
 * can be ended.
 */
export const componentsTask: Task<ComponentsInput> = {
  prepare: ({ moments, shift, mean, components, explainedVariance }) =>
    function* () {
      const length = momentsLength(shift.length);
      const parts = Array.from({ length: moments.length / length }, (_, chunk) =>
        moments.subarray(chunk * length, (chunk + 1) * length),
      );
      const found = principalComponents(combineMoments(parts), shift, { components: shift.length });
      mean.set(found.mean);
      components.set(found.components);
      explainedVariance.set(found.explainedVariance);
      yield 1;
    },
};
