import { Matrix } from 'ml-matrix';
import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { decomposeNormalMatrix } from './normalEquations.ts';

/**
 * Ridge weights after the first `steps[k]` of the training atoms, for every k: [steps, D]. One pass, since each fit
 * contains the one before it.
 * @param rows Training atoms in the order in which they were picked. @param label [n] by row, eV relative to bulk.
 * @param steps Ascending, none above the number of rows.
 * @throws Refusal (`bad-parameter`) for a lambda too small for the features.
 */
export function weightsAlong(
  features: Features,
  rows: Uint32Array,
  label: Float64Array,
  steps: readonly number[],
  lambda: number,
): Float64Array {
  const D = featureCount(features);
  const M = Matrix.eye(D).mul(lambda);
  const b = Matrix.zeros(D, 1);
  const x = new Float64Array(D);
  const weights = new Float64Array(steps.length * D);
  let taken = 0;
  steps.forEach((step, k) => {
    for (; taken < step; taken++) {
      const row = rows[taken]!;
      copyFeatures(features, row, x);
      for (let i = 0; i < D; i++) {
        b.set(i, 0, b.get(i, 0) + x[i]! * label[row]!);
        for (let j = 0; j < D; j++) M.set(i, j, M.get(i, j) + x[i]! * x[j]!);
      }
    }
    weights.set(decomposeNormalMatrix(M, lambda).solve(b).to1DArray(), k * D);
  });
  return weights;
}

const STEP = 10;

/** Where error curves are drawn: 10, 20, ... and the last one. */
export function curveSteps(count: number): number[] {
  const steps = Array.from({ length: Math.floor(count / STEP) }, (_, k) => (k + 1) * STEP);
  if (count > 0 && count % STEP !== 0) steps.push(count);
  return steps;
}
