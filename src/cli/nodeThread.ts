import { Worker } from 'node:worker_threads';
import type { PoolThread } from '#compute/workerPool.ts';
import type { Failure } from '#data/errors.ts';

/** A thread of the pool carried by a worker_thread. The bundler puts both files into one folder. */
export function spawnNodeThread(): PoolThread {
  const worker = new Worker(new URL('./block.worker.js', import.meta.url));
  // An idle pool must not keep the program alive.
  worker.unref();
  let report: (reason: string) => void = () => {};
  let settle: ((failure: Failure | null) => void) | null = null;
  worker.on('message', (failure: Failure | null) => {
    worker.unref();
    settle?.(failure);
  });
  worker.on('error', (error) => report(error.message));
  worker.on('exit', (code) => report(`exit code ${code}`));
  return {
    run: (job) =>
      new Promise((resolve) => {
        settle = resolve;
        worker.ref();
        worker.postMessage(job);
      }),
    onDeath: (callback) => {
      report = callback;
    },
    terminate: () => void worker.terminate(),
  };
}
