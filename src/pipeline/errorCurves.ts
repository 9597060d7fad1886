import { featureCount } from '#data/features.ts';
import { curveSteps, weightsAlong } from '#kernels/ridge/learningCurve.ts';
import { percentileOf } from '#kernels/ridge/statistics.ts';
import { CHUNKS, type Context } from './executor.ts';
import type { Parameters } from './parameters.ts';
import type { LearningPoint, Results } from './results.ts';
import { findCandidates, pickBy } from './select.ts';
import type { ErrorCurve } from './summaries.ts';
import { trainingRows } from './trainingRows.ts';

/** What random sampling is repeated for, so that its curve has a band (METHOD section 4 asks for 10 or more). */
const RANDOM_SEEDS = 20;
const RANDOM_STRATEGIES = ['random1', 'random2'];
/** Most curves that are drawn besides those of the selection. */
export const RANDOM_CURVES = RANDOM_STRATEGIES.length * RANDOM_SEEDS;
const LOW = 0.1;
const HIGH = 0.9;

interface Run {
  readonly strategy: string;
  readonly seed: number;
  /** In the order picked, all with a label. */
  readonly rows: Uint32Array;
}

interface Evaluation {
  readonly rows: Uint32Array;
  /** Of the model itself. */
  readonly weights: Float64Array;
  readonly lambda: number;
}

export interface ErrorCurves {
  readonly points: LearningPoint[];
  readonly curves: ErrorCurve[];
  /** Errors of the model itself, eV. */
  readonly rmse: number | null;
  readonly maxAbsError: number | null;
  readonly notes: string[];
}

/**
 * Errors against the number of training atoms, of the selection and of random sampling (Fig. 5, Eqs. 13-14). Where only
 * some atoms have energies, random strategies are drawn as far as their own atoms came back, and notes say what is
 * missing.
 */
export async function drawErrorCurves(
  results: Results,
  parameters: Parameters,
  evaluation: Evaluation,
  context: Context,
): Promise<ErrorCurves> {
  if (evaluation.rows.length === 0) {
    const notes = ['No error curves: they need a test set with energies, or a label column.'];
    return { points: [], curves: [], rmse: null, maxAbsError: null, notes };
  }
  const { features } = results.select!;
  const { label } = results.energies!;
  const { runs, notes } = await collectRuns(results, parameters, context);
  context.control.begin('drawing error curves', evaluation.rows.length);
  const D = featureCount(features);
  const stepsOfRun = runs.map((run) => curveSteps(run.rows.length));
  const models = stepsOfRun.reduce((sum, steps) => sum + steps.length, 0) + 1;
  const weights = context.memory.allocate('weights along the curves', 'float64', models * D);
  let at = 0;
  runs.forEach((run, k) => {
    const along = weightsAlong(features, run.rows, label, stepsOfRun[k]!, evaluation.lambda);
    weights.set(along, at);
    at += along.length;
    context.control.throwIfCancelled();
  });
  weights.set(evaluation.weights, at);
  const errors = await measureErrors(results, evaluation.rows, weights, models, context);
  context.memory.release(weights);
  let model = 0;
  const points = runs.flatMap(({ strategy, seed }, k) =>
    stepsOfRun[k]!.map((n): LearningPoint => ({ strategy, seed, n, ...errors[model++]! })),
  );
  return { points, curves: bandsOf(points), ...errors[models - 1]!, notes };
}

async function collectRuns(
  results: Results,
  parameters: Parameters,
  context: Context,
): Promise<{ runs: Run[]; notes: string[] }> {
  const { structure, select, energies } = results;
  const { rows, givenRows, testRows, features, strategies } = select!;
  const { label, complete } = energies!;
  const { criterion, seed } = parameters;
  const runs: Run[] = [{ strategy: criterion, seed, rows: trainingRows(results, rows, parameters) }];
  const notes: string[] = [];
  for (const [strategy, picked] of strategies) {
    runs.push({ strategy, seed, rows: trainingRows(results, picked, parameters) });
    const back = picked.reduce((count, row) => count + (Number.isNaN(label[row]!) ? 0 : 1), 0);
    if (back < picked.length) {
      notes.push(`${strategy}: ${back} of ${picked.length} energies are there.`);
    }
  }
  const absent = RANDOM_STRATEGIES.filter((name) => !strategies.has(name) && name !== criterion);
  if (!complete) {
    if (absent.length > 0) {
      notes.push(`No curve of ${absent.join(' and ')}: export their cells too (strategies) and compute them.`);
    }
    return { runs, notes };
  }
  const { candidates } = findCandidates(results, parameters, testRows, context);
  const picking = { features, candidates, givenRows, structureType: structure!.structureType };
  for (const strategy of absent) {
    for (let k = 1; k <= RANDOM_SEEDS; k++) {
      const { rows: drawn } = await pickBy(strategy, picking, { ...parameters, seed: k }, context);
      runs.push({ strategy, seed: k, rows: trainingRows(results, drawn, parameters) });
      context.control.throwIfCancelled();
    }
  }
  context.memory.release(candidates);
  return { runs, notes };
}

/** RMSE and max |error| of every weight vector, summed over chunks in their order. */
async function measureErrors(
  results: Results,
  rows: Uint32Array,
  weights: Float64Array,
  models: number,
  { executor, control, memory }: Context,
): Promise<{ rmse: number; maxAbsError: number }[]> {
  const { features } = results.select!;
  const { label } = results.energies!;
  const squares = memory.allocate('sums of squared errors', 'float64', CHUNKS * models);
  const largest = memory.allocate('largest errors', 'float64', CHUNKS * models);
  await executor.run('errors', { features, weights, rows, label, squares, largest }, CHUNKS, control);
  memory.release(squares, largest);
  return Array.from({ length: models }, (_, model) => {
    let sum = 0;
    let most = 0;
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      sum += squares[chunk * models + model]!;
      most = Math.max(most, largest[chunk * models + model]!);
    }
    return { rmse: Math.sqrt(sum / rows.length), maxAbsError: most };
  });
}

/** Mean and 10-90 % band over the seeds of each strategy. */
function bandsOf(points: readonly LearningPoint[]): ErrorCurve[] {
  const strategies = [...new Set(points.map((point) => point.strategy))];
  return strategies.map((strategy) => {
    const own = points.filter((point) => point.strategy === strategy);
    const n = [...new Set(own.map((point) => point.n))].sort((a, b) => a - b);
    const band = (value: (point: LearningPoint) => number) => {
      const atEach = n.map((step) => own.filter((point) => point.n === step).map(value));
      return {
        mean: atEach.map((values) => values.reduce((sum, one) => sum + one, 0) / values.length),
        low: atEach.map((values) => percentileOf(values, LOW)),
        high: atEach.map((values) => percentileOf(values, HIGH)),
      };
    };
    return {
      strategy,
      seeds: new Set(own.map((point) => point.seed)).size,
      n,
      rmse: band((point) => point.rmse),
      maxAbsError: band((point) => point.maxAbsError),
    };
  });
}
