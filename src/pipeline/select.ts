import { badParameter, type Warning } from '#data/errors.ts';
import { type Features, featureCount } from '#data/features.ts';
import { rowOfId } from '#data/snapshot.ts';
import { seededDraw } from '#kernels/random/random.ts';
import { findEligibleCentres } from '#kernels/replica/eligibility.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';
import type { Criterion, Selection } from '#kernels/selection/criterion.ts';
import { CRITERIA, findCriterion } from '#kernels/selection/index.ts';
import { drawTestSet } from '#kernels/selection/testSet.ts';
import { CHUNKS, type Context } from './executor.ts';
import { idsOf } from './idLists.ts';
import type { Parameters } from './parameters.ts';
import type { Results, StageWork } from './results.ts';

/** Pick the atoms whose energies are to be computed. */
export const select: StageWork<'select'> = async (results, parameters, context) => {
  const { snapshot } = results.snapshot!;
  const { pool, structure } = results;
  const features: Features = {
    array: pool!.scores,
    count: snapshot.count,
    width: pool!.components,
    intercept: parameters.intercept === 'fitted',
  };
  for (const name of [parameters.criterion, ...parameters.strategies]) criterionOf(name);
  const givenRows = rowsOf([...new Set(parameters.given)], snapshot.ids, 'Given atoms (--given)');
  const testRows = parameters.testSet ? drawTest(structure!.coordination, givenRows, parameters) : new Uint32Array(0);
  const { candidates, barred } = findCandidates(results, parameters, testRows, context);
  const pick = (name: string) =>
    pickBy(name, { features, candidates, givenRows, structureType: structure!.structureType }, parameters, context);

  const main = await pick(parameters.criterion);
  if (main.rows.length === 0) throw badParameter(`There is no atom that ${parameters.criterion} may pick`);
  const strategies = new Map<string, Uint32Array>();
  for (const name of parameters.strategies) {
    if (name !== parameters.criterion) strategies.set(name, (await pick(name)).rows);
  }
  const idsOf = (rows: Uint32Array) => Array.from(rows, (row) => snapshot.ids[row]!);
  const open = candidates.reduce((sum, flag) => sum + flag, 0);
  const result = { features, rows: main.rows, totalVariance: main.totals, givenRows, testRows, strategies };
  context.memory.release(candidates);
  return {
    result,
    summary: {
      criterion: parameters.criterion,
      ids: idsOf(main.rows),
      totalVariance: Array.from(main.totals),
      features: featureCount(features),
      candidates: open,
      barred,
      testIds: idsOf(testRows),
      strategies: [...strategies].map(([name, rows]) => ({ name, ids: idsOf(rows) })),
    },
    columns: [],
    warnings: [...countWarnings(main.rows.length, parameters), ...normWarnings(features, main, parameters)],
  };
};

function criterionOf(name: string): Criterion {
  const criterion = findCriterion(name);
  if (criterion) return criterion;
  throw badParameter(`There is no criterion called ${name}, only ${Object.keys(CRITERIA).join(', ')}`);
}

/** Given atoms train the model, so none of them may test it. */
function drawTest(coordination: Uint8Array, givenRows: Uint32Array, { seed }: Parameters): Uint32Array {
  const free = coordination.slice();
  for (const row of givenRows) free[row] = 0;
  return drawTestSet(free, seed);
}

interface Picking {
  features: Features;
  candidates: Uint8Array;
  givenRows: Uint32Array;
  structureType: Uint8Array;
}

/** Rows picked by one criterion; random ones draw from a stream of the seed that is their own. */
export async function pickBy(
  name: string,
  { features, candidates, givenRows, structureType }: Picking,
  parameters: Pick<Parameters, 'count' | 'lambda' | 'seed'>,
  { executor, control, memory }: Context,
): Promise<Selection> {
  return criterionOf(name).select({
    features,
    structureType,
    candidates,
    given: givenRows,
    count: parameters.count,
    lambda: parameters.lambda,
    draw: seededDraw(parameters.seed, name),
    memory,
    control,
    dispatch: (state, step) => executor.run('greedy', { state, step }, CHUNKS, control),
    chunks: CHUNKS,
  });
}

/** Which atoms may be picked, and why the others may not: each counts once, for the first reason that holds. */
export function findCandidates(
  results: Results,
  parameters: Parameters,
  testRows: Uint32Array,
  { memory, control, lists }: Context,
): { candidates: Uint8Array; barred: { reason: string; count: number }[] } {
  const { snapshot, list } = results.snapshot!;
  const { mask: candidates, barred } = findEligibleCentres(list, parameters.replicaEdge, memory, control);
  const reasons = barred.filter(({ count }) => count > 0).map((entry) => ({ ...entry }));
  const bar = (reason: string, rows: Iterable<number>) => {
    let count = 0;
    for (const row of rows) {
      count += candidates[row]!;
      candidates[row] = 0;
    }
    if (count > 0) reasons.push({ reason, count });
  };
  bar('test set', testRows);
  const named = (parameter: 'candidates' | 'exclude', what: string) =>
    rowsOf(idsOf(parameters[parameter], lists, what), snapshot.ids, what);
  bar('excluded', named('exclude', 'Excluded atoms (--exclude)'));
  if (parameters.candidates) {
    const wanted = new Uint8Array(snapshot.count);
    for (const row of named('candidates', 'Candidates (--candidates)')) wanted[row] = 1;
    const others = (function* () {
      for (let row = 0; row < wanted.length; row++) if (wanted[row] === 0) yield row;
    })();
    bar('not among the candidates named', others);
  }
  return { candidates, barred: reasons };
}

function rowsOf(ids: ArrayLike<number>, all: Uint32Array, what: string): Uint32Array {
  return Uint32Array.from(ids, (id) => {
    const row = rowOfId(all, id);
    if (row < 0) throw badParameter(`${what}: there is no atom with id ${id} in the snapshot`);
    return row;
  });
}

function countWarnings(picked: number, { count }: Parameters): Warning[] {
  if (picked === count) return [];
  return [{ message: `${picked} atoms were picked, not ${count}: there are no more candidates.` }];
}

const FIRST_PICKS = 10;
/** Norms this far below the median are "almost zero" in METHOD section 3. */
const SMALL_PART = 0.1;
/** Atoms whose median stands for that of all; it is compared with a tenth of itself. */
const SAMPLED_NORMS = 50_000;

/** With a large lambda Eq. 8 rewards atoms whose features are nearly zero (METHOD section 3): say so. */
function normWarnings(features: Features, { rows, totals }: Selection, { lambda }: Parameters): Warning[] {
  if (totals.length === 0) return [];
  const { array, count, width } = features;
  const norm = (row: number) => {
    let sum = 0;
    for (let k = row * width; k < (row + 1) * width; k++) sum += array[k]! ** 2;
    return Math.sqrt(sum);
  };
  const step = Math.ceil(count / SAMPLED_NORMS);
  const median = medianOf(Float64Array.from({ length: Math.ceil(count / step) }, (_, k) => norm(k * step)));
  const small = rows.subarray(0, FIRST_PICKS).filter((row) => norm(row) < SMALL_PART * median).length;
  if (small < FIRST_PICKS / 2) return [];
  return [
    {
      message:
        `${small} of the first ${FIRST_PICKS} picks have nearly zero features: lambda ${lambda} is too large ` +
        'for a selection by variance. Values from 1e-8 to 1e-4 behave.',
    },
  ];
}
