import { badInput } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { StageName } from './parameters.ts';
import type { Results, StageResults } from './results.ts';
import { STAGES, stageOf } from './stages.ts';
import type { StageReply } from './summaries.ts';

/** Results of the stages without what is made from them faster than it is read: the atoms sorted by cell. */
export type KeptResults = Omit<Results, 'snapshot'> & { readonly snapshot: { readonly snapshot: Snapshot } };

/** Everything that a session holds, as plain data, maps and arrays. */
export interface SessionState {
  readonly results: KeptResults;
  /** Of every stage in `results`, with its columns. */
  readonly records: readonly StageReply[];
  /** What parameters refer to by a hash. */
  readonly lists: ReadonlyMap<string, Uint32Array>;
  readonly potentials: ReadonlyMap<string, string>;
}

/** Buffers of all arrays in plain data and maps, some of them perhaps more than once. */
export function* buffersIn(value: unknown): Generator<ArrayBufferLike> {
  if (ArrayBuffer.isView(value)) yield value.buffer;
  else if (value instanceof Map) for (const item of value.values()) yield* buffersIn(item);
  else if (Array.isArray(value)) for (const item of value) yield* buffersIn(item);
  else if (typeof value === 'object' && value !== null) yield* buffersIn(Object.values(value));
}

/**
 * Arrays whose length the number of atoms gives, by stage: those that kernels index without a look at their length.
 * `d` is the number of components.
 */
const LENGTHS: {
  readonly [S in StageName]?: (result: StageResults[S], n: number, d: number) => [ArrayLike<unknown>, number][];
} = {
  structure: ({ structureType, coordination, latticeConstant }, n) => [
    [structureType, n],
    [coordination, n],
    [latticeConstant, n],
  ],
  descriptor: ({ matrix, mean }, n) => (matrix ? [[matrix, n * mean.length]] : []),
  pool: ({ scores, components, loadings, mean, explainedVariance }, n) => [
    [scores, n * components],
    [loadings, components * mean.length],
    [explainedVariance, components],
  ],
  select: ({ features }, n, d) => [[features.array, n * d]],
  energies: ({ label }, n) => [[label, n]],
  model: ({ weights, energy, sigma, sigmaRelative, intercept }, n, d) => [
    [weights, d + (intercept === 'fitted' ? 1 : 0)],
    [energy, n],
    [sigma, n],
    [sigmaRelative, n],
  ],
};

/**
 * Whether a state that came from outside can be worked on.
 * @param file Where it came from, for the sentence.
 * @throws Refusal where a stage lacks what it needs, or arrays do not fit the number of atoms.
 */
export function checkSessionState({ results, records }: SessionState, file: string): void {
  const snapshot = results.snapshot?.snapshot;
  if (!snapshot) throw badInput({ file, message: 'it holds no snapshot' });
  const { count, ids, types, position, columns } = snapshot;
  const expectLength = (what: string, array: ArrayLike<unknown> | undefined, length: number) => {
    if (array?.length !== length) {
      throw badInput({ file, expected: `${length} numbers of ${what}`, found: `${array?.length ?? 'none'}` });
    }
  };
  expectLength('atom ids', ids, count);
  expectLength('atom types', types, count);
  expectLength('positions', position, 3 * count);
  for (const { name, array, shape } of columns) expectLength(`column ${name}`, array, count * (shape[1] ?? 1));
  for (const { name, title, needs } of STAGES) {
    const result = results[name];
    const recorded = records.some(({ stage }) => stage === name);
    if ((result !== undefined) !== recorded) throw badInput({ file, message: `${title} is there by half` });
    if (!result) continue;
    const lacking = needs.find((need) => !results[need]);
    if (lacking) throw badInput({ file, message: `${title} is there without ${stageOf(lacking).title}` });
    const lengths = LENGTHS[name] as
      | undefined
      | ((result: unknown, n: number, d: number) => [ArrayLike<unknown>, number][]);
    for (const [array, length] of lengths?.(result, count, results.pool?.components ?? 0) ?? []) {
      expectLength(title, array, length);
    }
  }
}
