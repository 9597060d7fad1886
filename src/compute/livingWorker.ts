import { type Remote, releaseProxy, transfer, wrap } from 'comlink';
import { type Failure, Refusal } from '#data/errors.ts';
import { nameLife, watchLife } from './life.ts';

export type { Remote } from 'comlink';

/** The far side of a worker that may die, which comlink alone would not tell: its promises would stay open for ever. */
export interface LivingWorker<Api> {
  readonly api: Remote<Api>;
  /** Resolves when it has come to life. */
  readonly started: Promise<void>;
  /** A call's result, or a `Refusal` (`worker-died`) when the worker dies before it comes. */
  settle<T>(call: Promise<T>): Promise<T>;
  /** End it as one that is as good as dead: all is as if it had died. */
  giveUp(reason: string): void;
  /** End it on purpose: nobody is called back, and calls on their way stay open. */
  end(): void;
}

export interface Mourning {
  /** What a person reads when it died. */
  words(reason: string): string;
  /** Called once, just before calls on their way reject. */
  onDeath(failure: Failure): void;
}

/** @param start Starts the worker under this name; in it `exposeAlive` answers. */
export function livingWorker<Api>(start: (name: string) => Worker, { words, onDeath }: Mourning): LivingWorker<Api> {
  const name = nameLife();
  const worker = start(name);
  const api = wrap<Api>(worker);
  let die!: (reason: string) => void;
  const death = new Promise<never>((_, reject) => {
    die = (reason) => {
      worker.terminate();
      const failure: Failure = { tag: 'worker-died', message: words(reason) };
      onDeath(failure);
      reject(new Refusal(failure));
    };
  });
  const watch = watchLife(worker, name, die);
  // Nobody may be waiting when it happens; the next call will see it.
  death.catch(() => {});
  return {
    api,
    started: watch.started,
    settle: (call) => Promise.race([call, death]),
    giveUp: (reason) => watch.giveUp(reason),
    end: () => {
      watch.stop();
      letGo(api);
      worker.terminate();
    },
  };
}

/** An argument whose buffers go over to the worker instead of being copied. */
export function handOver<T>(value: T, buffers: readonly Transferable[]): T {
  return transfer(value, [...buffers]);
}

/** Tell the far side that an object there is not needed any more. */
export function letGo(remote: { readonly [releaseProxy]: () => void }): void {
  remote[releaseProxy]();
}
