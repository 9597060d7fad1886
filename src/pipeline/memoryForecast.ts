import type { MemoryLedger } from '#data/buffers.ts';
import { Refusal } from '#data/errors.ts';
import { featureCount } from '#data/features.ts';
import { FROM_FILE } from '#descriptors/index.ts';
import { isFolder, type StageSource } from '#formats/format.ts';
import { peekMatrix } from '#formats/npy/readMatrix.ts';
import { peekSnapshot } from '#formats/peekSnapshot.ts';
import { countComponents } from '#kernels/pca/principalComponents.ts';
import { momentsLength } from '#kernels/pca/secondMoment.ts';
import { curveSteps } from '#kernels/ridge/learningCurve.ts';
import { findCriterion } from '#kernels/selection/index.ts';
import { computedDescriptor, descriptorDimension } from './descriptorChoice.ts';
import { RANDOM_CURVES } from './errorCurves.ts';
import { CHUNKS } from './executor.ts';
import type { Parameters, StageName } from './parameters.ts';
import type { Results } from './results.ts';
import { stageOf } from './stages.ts';

/** Bytes that a stage takes at its worst, on top of what the session holds. Never less than it will be. */
export interface MemoryForecast {
  /** In arrays of the ledger. */
  readonly arrays: number;
  /** In kernel memory of its own, for each thread. */
  readonly perThread: number;
}

type Forecaster = (
  results: Results,
  parameters: Parameters,
  source: StageSource | undefined,
) => MemoryForecast | Promise<MemoryForecast>;

const MIB = 2 ** 20;
/** Tables, neighbours and scratch of any kernel. */
const KERNEL_BYTES = 8 * MIB;
const [FLOAT64, FLOAT32, UINT32] = [8, 4, 4];

/** The one table of what stages take. Numbers of bytes stand in the order in which the stage allocates. */
const FORECASTS: { readonly [S in StageName]: Forecaster } = {
  async snapshot(_results, _parameters, source) {
    const peek = source && !isFolder(source) ? await peekSnapshot(source) : null;
    if (!peek) return { arrays: 0, perThread: 0 };
    const { count, fields } = peek;
    // Ids, order in the file, types, positions, and every field that is not a coordinate as a column.
    const file = count * (2 * UINT32 + 1 + 3 * FLOAT64 + Math.max(0, fields - 3) * FLOAT64);
    // Fractional coordinates, bin of each row and place, row of each place, sorted positions; at most 4 bins an atom.
    const list = count * (2 * 3 * FLOAT64 + 3 * UINT32 + 4 * UINT32) + 64 * UINT32;
    return { arrays: file + list, perThread: 0 };
  },

  structure: (results, { structureColumn }) => ({
    arrays: atomsOf(results) * (2 + FLOAT32 + (structureColumn === null ? 0 : 1)) + CHUNKS * UINT32,
    perThread: KERNEL_BYTES,
  }),

  async descriptor(results, parameters, source) {
    const given = parameters.descriptor === FROM_FILE;
    const header = given && source && !isFolder(source) ? await peekMatrix(source) : null;
    if (given && !header) return { arrays: 0, perThread: 0 };
    const D = header?.columns ?? descriptorDimension(computedDescriptor(parameters));
    const matrix = header ? FLOAT32 * atomsOf(results) * D : 0;
    const moments = FLOAT64 * (D + CHUNKS * momentsLength(D));
    const found = FLOAT64 * (D + D * D + D);
    // A thread sums D x D products; one of them finds the eigenvectors, with four matrices.
    return { arrays: matrix + moments + found, perThread: KERNEL_BYTES + 4 * FLOAT64 * D * D };
  },

  pool(results, parameters) {
    const { mean } = results.descriptor!;
    const kept = keptComponents(results, parameters);
    const loadings = FLOAT64 * kept * mean.length;
    return {
      arrays: loadings + FLOAT32 * atomsOf(results) * kept,
      perThread: KERNEL_BYTES + 2 * loadings,
    };
  },

  select(results, parameters) {
    const names = [parameters.criterion, ...parameters.strategies];
    const greedy = names.some((name) => findCriterion(name)?.random === false);
    const candidates = atomsOf(results);
    const state = greedy ? greedyBytes(atomsOf(results), results.pool!.components) : 0;
    return { arrays: candidates + Math.max(probeBytes(results), state), perThread: MIB };
  },

  replicas: () => ({ arrays: 0, perThread: 0 }),

  energies: (results, { potential, labelColumn }) => {
    // A potential that computes every atom leaves an array of its own meanwhile.
    const columns = potential !== null && labelColumn !== null ? 2 : 1;
    return { arrays: columns * FLOAT64 * atomsOf(results), perThread: potential === null ? 0 : MIB };
  },

  model(results, parameters) {
    const atoms = atomsOf(results);
    const { features, givenRows, testRows, strategies } = results.select!;
    const { complete } = results.energies!;
    const runs = 1 + strategies.size + (complete ? RANDOM_CURVES : 0);
    const models = 1 + runs * curveSteps(givenRows.length + parameters.count).length;
    const predicted = 4 * FLOAT32 * atoms;
    const evaluated = complete && testRows.length === 0 ? UINT32 * atoms : 0;
    const drawn = complete ? atoms + probeBytes(results) : 0;
    const weights = FLOAT64 * models * featureCount(features);
    const errors = weights + 2 * FLOAT64 * CHUNKS * models;
    return { arrays: predicted + evaluated + Math.max(drawn, errors), perThread: KERNEL_BYTES + weights };
  },
};

/** What to change where a stage does not fit, as the end of a sentence. */
const ADVICE: { readonly [S in StageName]: string } = {
  snapshot: 'open a smaller snapshot',
  structure: 'open a smaller snapshot',
  descriptor: 'take fewer radial functions or angular channels (--n-max, --l-max)',
  pool: 'keep fewer components (--variance, --components)',
  select: 'keep fewer components (--variance, --components)',
  replicas: 'open a smaller snapshot',
  energies: 'open a smaller snapshot',
  model: 'keep fewer components (--variance, --components) or a test set (--test-set)',
};

/**
 * What the stage will take at most. Of a snapshot the head of the file tells, by its first frame.
 * @throws Refusal (`bad-parameter`) as the stage itself would.
 */
export async function forecastMemory(
  stage: StageName,
  results: Results,
  parameters: Parameters,
  source?: StageSource,
): Promise<MemoryForecast> {
  return FORECASTS[stage](results, parameters, source);
}

/** @throws Refusal (`no-memory`) where a stage would not fit beside what the session holds, and what to change. */
export function checkForecast(
  stage: StageName,
  { arrays, perThread }: MemoryForecast,
  threads: number,
  { bytes, budgetBytes }: MemoryLedger,
): void {
  const needed = arrays + threads * perThread;
  if (bytes + needed <= budgetBytes) return;
  const gib = (value: number) => (value / 2 ** 30).toFixed(2);
  throw new Refusal({
    tag: 'no-memory',
    message:
      `${stageOf(stage).title} needs up to ${gib(needed)} GiB of memory, and ${gib(bytes)} of ${gib(budgetBytes)} GiB ` +
      `are in use: ${ADVICE[stage]}, or use a machine with more memory`,
  });
}

function atomsOf(results: Results): number {
  return results.snapshot!.snapshot.count;
}

function keptComponents(results: Results, { components, variance }: Parameters): number {
  const { explainedVariance, totalVariance } = results.descriptor!;
  const explainedRatio = explainedVariance.map((value) => value / totalVariance);
  return countComponents(explainedRatio, components === null ? { variance } : { components });
}

/** State of a greedy selection: four numbers and a flag an atom, its scores once more, sums of every chunk. */
function greedyBytes(atoms: number, width: number): number {
  const side = width + 4;
  const ofChunk = FLOAT64 * side * side + 64 * (FLOAT32 * width + FLOAT64 * side) + 32 * (UINT32 + FLOAT64);
  return atoms * (4 * FLOAT64 + 1 + FLOAT32 * width) + CHUNKS * ofChunk + 4 * FLOAT64 * side * side + MIB / 4;
}

/** Points of a 2 Å grid that tell whether a cell can be cut out, a byte each (kernels/replica/probes.ts). */
function probeBytes(results: Results): number {
  const { vectors: v, extent } = results.snapshot!.list;
  const along = [0, 1, 2].map((k) => Math.hypot(v[3 * k]!, v[3 * k + 1]!, v[3 * k + 2]!) * extent[k]!);
  return Math.min(
    along.reduce((points, edge) => points * (edge / 2 + 1), 1),
    2 ** 26,
  );
}
