import type { StageName } from '#pipeline/parameters.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';

/** What was found, by stage: of a run and of its repetition. */
export type Found = { readonly [S in StageName]?: StageSummaries[S] };

export interface Comparison {
  readonly stage: StageName;
  readonly same: boolean;
  /** What is the same, or where the two part. */
  readonly words: string;
}

/** Numbers that other processors and browsers may round differently: relative. */
const SAME_NUMBER = 1e-6;

/** Compare a run with its repetition, stage by stage, as far as both were done. Picks have to be the same atoms in the same order. */
export function compareRuns(before: Found, after: Found): Comparison[] {
  return (Object.keys(COMPARE) as StageName[]).flatMap((stage) => {
    const [one, other] = [before[stage], after[stage]];
    if (!one || !other) return [];
    const parting = COMPARE[stage](one as never, other as never);
    return [{ stage, same: parting === null, words: parting ?? SAME[stage](one as never) }];
  });
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

const SAME: { readonly [S in StageName]: (summary: StageSummaries[S]) => string } = {
  snapshot: ({ sha256 }) => `the same atoms (SHA-256 ${sha256.slice(0, 12)}…)`,
  structure: () => 'the same number of atoms of every type',
  descriptor: ({ dimension }) => `the same variance of ${count(dimension, 'number')}`,
  pool: ({ components }) => `the same ${count(components, 'component')}`,
  select: ({ ids, strategies }) =>
    `the same ${count(ids.length, 'pick')} in the same order${strategies.length > 0 ? `, also of ${strategies.map(({ name }) => name).join(', ')}` : ''}`,
  replicas: ({ jobs }) => `the same ${count(jobs.length, 'cell')}`,
  energies: ({ labelled }) => `the same ${count(labelled, 'label')}`,
  model: ({ trained }) => `the same errors with ${count(trained, 'training atom')}`,
};

const COMPARE: { readonly [S in StageName]: (before: StageSummaries[S], after: StageSummaries[S]) => string | null } = {
  snapshot: (before, after) =>
    textOf('SHA-256', before.sha256, after.sha256) ?? textOf('atoms', `${before.count}`, `${after.count}`),
  structure: (before, after) => listOf('number of atoms of type', before.counts, after.counts),
  descriptor: (before, after) => numberOf('total variance', before.totalVariance, after.totalVariance),
  pool: (before, after) => textOf('components', `${before.components}`, `${after.components}`),
  select: (before, after) => {
    const main = listOf('pick', before.ids, after.ids, 1) ?? listOf('test atom', before.testIds, after.testIds, 1);
    if (main) return main;
    for (const { name, ids } of before.strategies) {
      const again = after.strategies.find((strategy) => strategy.name === name)?.ids ?? [];
      const parting = listOf(`${name}: pick`, ids, again, 1);
      if (parting) return parting;
    }
    return null;
  },
  replicas: (before, after) =>
    listOf(
      'number of atoms of cell',
      before.jobs.map(({ atoms }) => atoms),
      after.jobs.map(({ atoms }) => atoms),
    ),
  energies: (before, after) =>
    textOf('labels', `${before.labelled}`, `${after.labelled}`) ??
    numberOf('bulk energy (eV)', before.bulkEnergy, after.bulkEnergy),
  model: (before, after) =>
    numberOf('RMSE (eV)', before.rmse, after.rmse) ??
    numberOf('max |error| (eV)', before.maxAbsError, after.maxAbsError) ??
    numberOf('leave-one-out RMSE (eV)', before.leaveOneOutRmse, after.leaveOneOutRmse),
};

function textOf(what: string, before: string, after: string): string | null {
  return before === after ? null : `${what}: ${before} then, ${after} now`;
}

function numberOf(what: string, before: number | null, after: number | null): string | null {
  if (before === after) return null;
  if (before === null || after === null) return textOf(what, `${before ?? 'none'}`, `${after ?? 'none'}`);
  const apart = Math.abs(before - after) / Math.max(Math.abs(before), Math.abs(after));
  return apart <= SAME_NUMBER ? null : textOf(what, before.toPrecision(8), after.toPrecision(8));
}

/** Where two lists part first, counted from `first`. */
function listOf(what: string, before: readonly number[], after: readonly number[], first = 0): string | null {
  const at = before.findIndex((value, k) => value !== after[k]);
  if (at >= 0) return `${what} ${at + first}: ${before[at]} then, ${after[at] ?? 'none'} now`;
  return before.length === after.length ? null : `${before.length} then, ${after.length} now`;
}
