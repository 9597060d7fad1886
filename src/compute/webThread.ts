import type { BlockApi } from './blockApi.ts';
import { livingWorker } from './livingWorker.ts';
import type { PoolThread } from './workerPool.ts';

/** A thread of the pool carried by a Web Worker. */
export function spawnWebThread(): PoolThread {
  let report: (reason: string) => void = () => {};
  const start = (name: string) =>
    new Worker(new URL('../../workers/block.worker.ts', import.meta.url), { type: 'module', name });
  const { api, started, end } = livingWorker<BlockApi>(start, {
    // The pool puts it into words.
    words: (reason) => reason,
    onDeath: ({ message }) => report(message),
  });
  return {
    started,
    run: (job) => api.run(job) as ReturnType<PoolThread['run']>,
    onDeath: (callback) => {
      report = callback;
    },
    terminate: end,
  };
}
