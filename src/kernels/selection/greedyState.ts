import type { MemoryLedger } from '#data/buffers.ts';
import { ARRAY_TYPES, type DType } from '#data/column.ts';
import { type Features, featureCount } from '#data/features.ts';
import { canRun } from '../wasm/kernelMemory.ts';
import bytes from './assembly/greedy.ts?wasm-bytes';
import type { RankOneChange } from './greedyModel.ts';

/**
 * Everything a greedy selection keeps of the atoms and tells the threads that work on them, in one piece of memory that
 * they share (METHOD section 3). P = (X^T X + lambda I)^-1 of the chosen rows X, S = sum over all atoms of x x^T, D the
 * number of features. Per atom:
 *
 *     p = x.P x,   q = x.P S P x,   r = x.P P S P x,   t = x.P P x
 *
 * Arrays by atom are longer than there are atoms, up to a multiple of `PANEL`.
 */
export interface GreedyState {
  readonly features: Features;
  /** [n] each, float64: they start at 1/lambda to 1/lambda^3 and shrink by many decades. */
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly r: Float64Array;
  readonly t: Float64Array;
  /** [n] 1 where the atom may still be picked. The others are not followed. */
  readonly open: Uint8Array;
  /** [chunks, side, side] sums of x x^T over each chunk, the lower triangle; see `sideOf`. */
  readonly moments: Float64Array;

  /** [D, D] each, and where D is odd a row of zeros, which the WebAssembly takes two rows at a time. */
  readonly P: Float64Array;
  readonly PSP: Float64Array;
  /** [1 + width, 5] v, Pv, PSv, PSPv, PPSv of the last pick by feature, first those of the constant (0 without it). */
  readonly change: Float64Array;
  /** 1 / c, v.v, v.S v and v.S P v of the last pick; then `total` and `bias` of the score. */
  readonly constants: Float64Array;

  /** [chunks, SCREENED_PER_CHUNK] rows that lead in each chunk, and their scores: infinite where there is none. */
  readonly bestRows: Uint32Array;
  readonly bestScores: Float64Array;
  /** [chunks] how many of them are filled. */
  readonly bestCounts: Uint32Array;

  readonly kernel: GreedyKernel | null;
}

/** What the WebAssembly needs besides: the memory in which all arrays of the state lie, and features in its own order. */
export interface GreedyKernel {
  readonly memory: WebAssembly.Memory;
  /** Compiled once, so that no thread has to start from slow code again with every step. */
  readonly module: WebAssembly.Module;
  /** [n / PANEL, width, PANEL]: four atoms side by side are the lanes of its registers. */
  readonly panels: Float32Array;
  /** [chunks, MOMENT_ROWS, width] rows on their way into the panels. */
  readonly blocks: Float32Array;
  /** [chunks, MOMENT_ROWS, side]. */
  readonly scratch: Float64Array;
}

/** What the score of an atom needs besides its own p, q, r, t; see `scoreOf`. */
export interface ScoreConstants {
  /** Total over all atoms before the pick: tr(S P) - bias tr(S P P). */
  readonly total: number;
  /** Weight of the bias: lambda for UR (Eq. 8 leaves the bias out), 0 for the posterior variance. */
  readonly bias: number;
}

/** Steps over all atoms: lay out the features and sum x x^T; compute p, q, r, t from P and PSP; follow the last pick. */
export type GreedyStep = 'moments' | 'refresh' | 'update';

export const PANEL = 4;
/** Rows that `moments` takes at a time; with these many of 41 features they stay in a first-level cache. */
export const MOMENT_ROWS = 64;
/**
 * The best so many of every chunk are looked at exactly, about 1,000 in all; even where the best lie in one chunk these
 * are enough (a screen of 10 to 100 gives the reference picks, METHOD section 3).
 */
export const SCREENED_PER_CHUNK = 32;

/** Side of the squares in `moments`. */
export function sideOf(D: number): number {
  return upTo(4, D);
}

/** Rows [from, to) of a chunk, in whole panels. */
export function rowsOfChunk(count: number, chunk: number, chunks: number): [from: number, to: number] {
  const panels = Math.ceil(count / PANEL);
  const start = (k: number) => Math.min(count, PANEL * Math.floor((panels * k) / chunks));
  return [start(chunk), start(chunk + 1)];
}

/**
 * Memory of a greedy selection, for `chunks` chunks of rows: for the WebAssembly where there is SIMD, the features are
 * float32 and everything fits into its 4 GiB (20 million atoms of 40 features), else for TypeScript, which needs a
 * fifth of it and ten times as long.
 */
export function makeGreedyState(
  features: Features,
  candidates: Uint8Array,
  chunks: number,
  memory: MemoryLedger,
): GreedyState {
  const state = makeForKernel(features, chunks, memory) ?? makeForReference(features, chunks, memory);
  state.open.set(candidates);
  return state;
}

export function releaseGreedyState({ p }: GreedyState, memory: MemoryLedger): void {
  memory.release(p);
}

/** Leave P, P S P and the constants of the score to the steps to come. */
export function setModel(
  state: GreedyState,
  { P, PSP, total, bias }: { P: Float64Array; PSP: Float64Array } & ScoreConstants,
): void {
  state.P.set(P);
  state.PSP.set(PSP);
  state.constants.set([total, bias], 4);
}

/** Leave the change by the last pick to the next update. */
export function setChange({ change, constants, features: { width } }: GreedyState, last: RankOneChange): void {
  const vectors = [last.v, last.Pv, last.PSv, last.PSPv, last.PPSv];
  for (const [place, vector] of vectors.entries()) {
    change[place] = vector[width] ?? 0;
    for (let k = 0; k < width; k++) change[5 * (k + 1) + place] = vector[k]!;
  }
  constants.set([1 / last.c, last.vv, last.vSv, last.vSPv]);
}

/** [D, D] S: the chunks' sums added in the order of the chunks, mirrored to the upper triangle. */
export function sumOfMoments({ features, moments }: GreedyState): Float64Array {
  const D = featureCount(features);
  const side = sideOf(D);
  const S = new Float64Array(D * D);
  for (let i = 0; i < D; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let at = i * side + j; at < moments.length; at += side * side) sum += moments[at]!;
      S[i * D + j] = sum;
      S[j * D + i] = sum;
    }
  }
  return S;
}

/** AssemblyScript keeps the first bytes for itself; nothing of ours lies below. */
const FIRST_ADDRESS = 1024;
const MOST_BYTES = 2 ** 32;

type Shapes = Readonly<Record<string, readonly [DType, length: number]>>;
type Arrays<S extends Shapes> = { [K in keyof S]: InstanceType<(typeof ARRAY_TYPES)[S[K][0]]> };

function shapesOf(features: Features, chunks: number) {
  const D = featureCount(features);
  const atoms = upTo(PANEL, features.count);
  return {
    p: ['float64', atoms],
    q: ['float64', atoms],
    r: ['float64', atoms],
    t: ['float64', atoms],
    open: ['uint8', atoms],
    moments: ['float64', chunks * sideOf(D) ** 2],
    P: ['float64', upTo(2, D) * D],
    PSP: ['float64', upTo(2, D) * D],
    change: ['float64', 5 * (1 + features.width)],
    constants: ['float64', 6],
    bestRows: ['uint32', chunks * SCREENED_PER_CHUNK],
    bestScores: ['float64', chunks * SCREENED_PER_CHUNK],
    bestCounts: ['uint32', chunks],
  } as const satisfies Shapes;
}

function makeForReference(features: Features, chunks: number, memory: MemoryLedger): GreedyState {
  const shapes = shapesOf(features, chunks);
  const { buffer } = memory.allocate('state of the selection', 'uint8', bytesOf(shapes));
  return { features, ...layOut(buffer, shapes), kernel: null };
}

function makeForKernel(features: Features, chunks: number, memory: MemoryLedger): GreedyState | null {
  const shapes = {
    ...shapesOf(features, chunks),
    panels: ['float32', upTo(PANEL, features.count) * features.width],
    blocks: ['float32', chunks * MOMENT_ROWS * features.width],
    scratch: ['float64', chunks * MOMENT_ROWS * sideOf(featureCount(features))],
  } as const satisfies Shapes;
  const size = bytesOf(shapes);
  if (!canRun(bytes) || !(features.array instanceof Float32Array) || size > MOST_BYTES) return null;
  const wasm = memory.allocateWasmMemory('state of the selection', size);
  const { panels, blocks, scratch, ...arrays } = layOut(wasm.buffer, shapes);
  const module = new WebAssembly.Module(bytes);
  return { features, ...arrays, kernel: { memory: wasm, module, panels, blocks, scratch } };
}

/** Arrays one after the other, each from a multiple of 16 bytes on. */
function layOut<S extends Shapes>(buffer: ArrayBufferLike, shapes: S): Arrays<S> {
  let end = FIRST_ADDRESS;
  const arrays = Object.entries(shapes).map(([name, [type, length]]) => {
    const address = end;
    end += bytesOfArray(type, length);
    return [name, new ARRAY_TYPES[type](buffer as ArrayBuffer, address, length)];
  });
  return Object.fromEntries(arrays);
}

function bytesOf(shapes: Shapes): number {
  return Object.values(shapes).reduce((sum, [type, length]) => sum + bytesOfArray(type, length), FIRST_ADDRESS);
}

function bytesOfArray(type: DType, length: number): number {
  return upTo(16, length * ARRAY_TYPES[type].BYTES_PER_ELEMENT);
}

/** The next multiple of `unit` from `value` on. */
function upTo(unit: number, value: number): number {
  return Math.ceil(value / unit) * unit;
}
