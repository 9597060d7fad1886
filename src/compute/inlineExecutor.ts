import type { Executor } from '#pipeline/executor.ts';
import { runChunksYielding } from '#pipeline/runChunks.ts';

/** Computes in the calling thread. For pages that cannot share memory, and for tests. */
export const inlineExecutor: Executor = {
  threads: 1,
  run: (task, input, chunks, control) => runChunksYielding(task, input, chunks, control),
};
