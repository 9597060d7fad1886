import type { MemoryLedger } from '#data/buffers.ts';
import { makeColumn } from '#data/column.ts';
import { Refusal, type Warning } from '#data/errors.ts';
import { findOutliers } from '#kernels/ridge/outliers.ts';
import { chooseLambda, fitRidge } from '#kernels/ridge/ridge.ts';
import { rootMeanSquare } from '#kernels/ridge/statistics.ts';
import { drawErrorCurves } from './errorCurves.ts';
import { CHUNKS } from './executor.ts';
import type { Parameters } from './parameters.ts';
import type { Results, StageWork } from './results.ts';
import type { OutlyingAtom } from './summaries.ts';
import { trainingRows } from './trainingRows.ts';

/** Fit the linear model to the energies at hand; predict energy and uncertainty of every atom. */
export const fit: StageWork<'model'> = async (results, parameters, context) => {
  const { executor, control, memory } = context;
  const { features, rows } = results.select!;
  const { label, source, complete } = results.energies!;
  const training = trainingRows(results, rows, parameters);
  if (training.length === 0) {
    throw new Refusal({ tag: 'not-ready', message: 'None of the chosen atoms has an energy yet: import some first' });
  }
  control.begin('fitting', training.length);
  const y = Float64Array.from(training, (row) => label[row]!);
  const lambda = lambdaOf(parameters, () => chooseLambda(features, training, y));
  const model = fitRidge(features, training, y, lambda);

  const energy = memory.allocate('predicted energies', 'float32', features.count);
  const sigma = memory.allocate('uncertainties', 'float32', features.count);
  const sigmaRelative = memory.allocate('relative uncertainties', 'float32', features.count);
  control.begin('predicting', features.count);
  const { weights, P, noiseVariance, degreesOfFreedom, leaveOneOut } = model;
  const out = { energy, sigma, sigmaRelative };
  await executor.run('predict', { features, model: { weights, P, noiseVariance }, out }, CHUNKS, control);

  const error = memory.allocate('errors', 'float32', features.count);
  for (let row = 0; row < error.length; row++) error[row] = energy[row]! - label[row]!;

  const trainingIds = Array.from(training, (row) => results.snapshot!.snapshot.ids[row]!);
  const outliers = findOutliers(leaveOneOut).map(
    ({ index, deviations }): OutlyingAtom => ({
      id: trainingIds[index]!,
      error: leaveOneOut[index]!,
      deviations,
    }),
  );
  const evaluation = evaluationRows(results, memory);
  const curves = await drawErrorCurves(results, parameters, { ...evaluation, weights, lambda }, context);
  memory.release(evaluation.rows);
  return {
    result: {
      weights,
      intercept: parameters.intercept,
      lambda,
      noiseVariance,
      degreesOfFreedom,
      ...out,
      learningCurve: curves.points,
    },
    summary: {
      trained: training.length,
      lambda,
      noise: Number.isNaN(noiseVariance) ? null : Math.sqrt(noiseVariance),
      degreesOfFreedom,
      rmse: curves.rmse,
      maxAbsError: curves.maxAbsError,
      leaveOneOutRmse: rootMeanSquare(leaveOneOut),
      withLeftOut: fitWithLeftOut(results, parameters, training.length, lambda),
      training: { ids: trainingIds, leaveOneOut: [...leaveOneOut] },
      evaluatedOn: evaluation.words,
      evaluated: evaluation.rows.length,
      curves: curves.curves,
      notes: curves.notes,
      outliers,
    },
    columns: [
      makeColumn('model.energy', 'eV', energy),
      makeColumn('model.sigma', 'eV', sigma),
      makeColumn('model.sigmaRelative', '', sigmaRelative),
      makeColumn('model.error', 'eV', error),
    ],
    warnings: [
      ...(Number.isNaN(noiseVariance)
        ? [
            {
              message:
                `${training.length} energies for ${weights.length} weights: too few to estimate the noise, so sigma is ` +
                'not known; its relative form is.',
            },
          ]
        : []),
      ...outlierWarnings(outliers),
    ],
    input: complete ? '' : source,
  };
};

/** What leaving atoms out changes. */
function fitWithLeftOut(results: Results, parameters: Parameters, trained: number, lambda: number) {
  const { features, rows } = results.select!;
  const { label } = results.energies!;
  const all = trainingRows(results, rows, { leftOut: null });
  if (parameters.leftOut === null || all.length === trained) return null;
  const y = Float64Array.from(all, (row) => label[row]!);
  return { trained: all.length, leaveOneOutRmse: rootMeanSquare(fitRidge(features, all, y, lambda).leaveOneOut) };
}

const NAMED = 5;

function outlierWarnings(outliers: readonly OutlyingAtom[]): Warning[] {
  if (outliers.length === 0) return [];
  const named = outliers
    .slice(0, NAMED)
    .map(({ id, error, deviations }) => `${id} (${error.toFixed(3)} eV, ${deviations.toFixed(0)} deviations)`);
  const rest = outliers.length > NAMED ? ', …' : '';
  return [
    {
      message:
        `${outliers.length} energies lie far from what the model says without them: atoms ${named.join(', ')}${rest}. ` +
        'Look at their calculations, or leave them out (--leave-out) to see what changes.',
    },
  ];
}

function lambdaOf({ fitLambda, lambda }: Parameters, byLeaveOneOut: () => number): number {
  if (fitLambda === 'same') return lambda;
  return fitLambda === 'loo' ? byLeaveOneOut() : Number(fitLambda);
}

/** Where errors are measured: the test set, else all atoms that have a label, where (nearly) all have one. */
function evaluationRows({ select, energies }: Results, memory: MemoryLedger): { rows: Uint32Array; words: string } {
  const { label, complete } = energies!;
  const known = (row: number) => !Number.isNaN(label[row]!);
  const test = select!.testRows.filter(known);
  if (select!.testRows.length > 0) {
    const all = test.length === select!.testRows.length;
    return { rows: test, words: all ? 'the test set' : `the ${test.length} test atoms with an energy` };
  }
  if (!complete) return { rows: new Uint32Array(0), words: 'nothing (there is no test set)' };
  const rows = memory.allocate('rows with a label', 'uint32', label.length);
  let count = 0;
  for (let row = 0; row < label.length; row++) if (known(row)) rows[count++] = row;
  return { rows: rows.subarray(0, count), words: 'all atoms' };
}
