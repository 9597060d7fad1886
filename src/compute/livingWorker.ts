import { type Remote, releaseProxy, transfer, wrap } from 'comlink';

export type { Remote } from 'comlink';

/** The far side of a worker that may die, which comlink alone would not tell: its promises would stay open for ever. */
export interface LivingWorker<Api> {
  readonly api: Remote<Api>;
  /** A call's result, or a rejection when the worker dies before it comes. */
  settle<T>(call: Promise<T>): Promise<T>;
}

/** @param onDeath Besides, calls on their way reject. */
export function livingWorker<Api>(worker: Worker, onDeath: () => void): LivingWorker<Api> {
  const death = new Promise<never>((_, reject) => {
    const die = (reason: string) => {
      worker.terminate();
      onDeath();
      reject(new Error(`a worker died (${reason}): try again`));
    };
    worker.addEventListener('error', (event) => die(event.message || 'it could not be started'));
    worker.addEventListener('messageerror', () => die('it sent something unreadable'));
  });
  // Nobody may be waiting when it happens; the next call will see it.
  death.catch(() => {});
  return { api: wrap<Api>(worker), settle: (call) => Promise.race([call, death]) };
}

/** An argument whose buffers go over to the worker instead of being copied. */
export function handOver<T>(value: T, buffers: readonly Transferable[]): T {
  return transfer(value, [...buffers]);
}

/** Tell the far side that an object there is not needed any more. */
export function letGo(remote: { readonly [releaseProxy]: () => void }): void {
  remote[releaseProxy]();
}
