import { featureCount } from '#data/features.ts';
import { type GreedyKernel, type GreedyState, MOMENT_ROWS, SCREENED_PER_CHUNK, sideOf } from './greedyState.ts';
import type { GreedySteps } from './greedySteps.ts';

/** Of assembly/greedy.ts; arrays are given by their addresses in bytes. */
interface Exports {
  bindAtoms(panels: number, width: number, D: number, p: number, q: number, r: number, t: number, open: number): void;
  bindModel(P: number, PSP: number, change: number, constants: number): void;
  bindChunks(
    moments: number,
    rows: number,
    scores: number,
    counts: number,
    listed: number,
    scratch: number,
    scratchBytes: number,
  ): void;
  addMoments(chunk: number, from: number, to: number, features: number): void;
  refresh(chunk: number, from: number, to: number): void;
  update(chunk: number, from: number, to: number): void;
  rescore(chunk: number): void;
}

/** `makeReferenceSteps` in WebAssembly: the same bits, sooner. One a thread and step. */
export function makeKernelSteps(state: GreedyState, kernel: GreedyKernel): GreedySteps {
  const instance = new WebAssembly.Instance(kernel.module, { env: { memory: kernel.memory } });
  const exports = instance.exports as unknown as Exports;
  bind(exports, state, kernel);
  return {
    moments: (chunk, from, to) => addMoments(exports, state, kernel, chunk, from, to),
    refresh: exports.refresh,
    update: exports.update,
    rescore: exports.rescore,
  };
}

function bind({ bindAtoms, bindModel, bindChunks }: Exports, state: GreedyState, kernel: GreedyKernel): void {
  const { features, p, q, r, t, open, P, PSP, change, constants, moments, bestRows, bestScores, bestCounts } = state;
  const { panels, scratch } = kernel;
  const D = featureCount(features);
  const at = ({ byteOffset }: { readonly byteOffset: number }) => byteOffset;
  bindAtoms(at(panels), features.width, D, at(p), at(q), at(r), at(t), at(open));
  bindModel(at(P), at(PSP), at(change), at(constants));
  const lists = [at(bestRows), at(bestScores), at(bestCounts), SCREENED_PER_CHUNK] as const;
  bindChunks(at(moments), ...lists, at(scratch), MOMENT_ROWS * sideOf(D) * scratch.BYTES_PER_ELEMENT);
}

/** WebAssembly sees nothing but its own memory: the rows are copied there, some at a time. */
function addMoments(
  exports: Exports,
  { features: { array, width } }: GreedyState,
  { blocks }: GreedyKernel,
  chunk: number,
  from: number,
  to: number,
): void {
  const block = blocks.subarray(chunk * MOMENT_ROWS * width, (chunk + 1) * MOMENT_ROWS * width);
  for (let start = from; start < to; start += MOMENT_ROWS) {
    const end = Math.min(start + MOMENT_ROWS, to);
    block.set(array.subarray(start * width, end * width));
    exports.addMoments(chunk, start, end, block.byteOffset);
  }
}
