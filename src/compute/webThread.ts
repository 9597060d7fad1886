import { releaseProxy, wrap } from 'comlink';
import type { BlockApi } from './blockApi.ts';
import type { PoolThread } from './workerPool.ts';

/** A thread of the pool carried by a Web Worker. */
export function spawnWebThread(): PoolThread {
  const worker = new Worker(new URL('../../workers/block.worker.ts', import.meta.url), { type: 'module' });
  const api = wrap<BlockApi>(worker);
  let report: (reason: string) => void = () => {};
  worker.addEventListener('error', (event) => report(event.message || 'it could not be started'));
  worker.addEventListener('messageerror', () => report('it sent something unreadable'));
  return {
    run: (job) => api.run(job) as ReturnType<PoolThread['run']>,
    onDeath: (callback) => {
      report = callback;
    },
    terminate: () => {
      api[releaseProxy]();
      worker.terminate();
    },
  };
}
