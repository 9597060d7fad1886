import { type Endpoint, expose } from 'comlink';

/**
 * A worker that is killed, closes itself or runs out of memory need not say a word: its promises would stay open for
 * ever. So a worker holds a Web Lock as long as it lives, and whoever started it asks for the same lock, and gets it when
 * the worker is gone, however it went. Where there are no Web Locks, only the events of the worker tell.
 */

/** The first thing a worker says, as soon as the lock is its own. It is no message of comlink's, which lets it pass. */
const ALIVE = 'alive';

/** What it says before that, as soon as it runs at all. */
const STARTED = 'started';

/** A name for a worker and its lock that no other tab has: locks belong to the whole origin. */
export function nameLife(): string {
  return `grainscope-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

/** In a worker that was given such a name: take the lock, and answer calls from then on, none of them lost. */
export function exposeAlive(api: unknown): void {
  postMessage(STARTED);
  const alive = holdLock();
  const endpoint: Endpoint = {
    postMessage: (message, transfer) => postMessage(message, { transfer: transfer ?? [] }),
    // A thread that is in its first job cannot say that it lives; so no job before that.
    addEventListener: (type, listener) => {
      const hear = 'handleEvent' in listener ? listener.handleEvent.bind(listener) : listener;
      addEventListener(type, (event) => void alive.then(() => hear(event)));
    },
    // A worker answers until it ends.
    removeEventListener: () => {},
  };
  expose(api, endpoint);
}

/** Resolves when the lock is held, or cannot be had. */
function holdLock(): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks || !self.name) return Promise.resolve();
  return new Promise((resolve) => {
    const hold = () => {
      postMessage(ALIVE);
      resolve();
      return new Promise<never>(() => {});
    };
    locks.request(self.name, hold).catch(() => resolve());
  });
}

export interface LifeWatch {
  /** Resolves when it has come to life. */
  readonly started: Promise<void>;
  /** Take it for dead. */
  giveUp(reason: string): void;
  /** For who ends it on purpose: nobody is called back. */
  stop(): void;
}

/** Beside a worker that was started with this name: call back once when it dies. */
export function watchLife(worker: Worker, name: string, onDeath: (reason: string) => void): LifeWatch {
  const watching = new AbortController();
  const { signal } = watching;
  const die = (reason: string) => {
    if (signal.aborted) return;
    watching.abort();
    onDeath(reason);
  };
  let start = () => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const hear = ({ data }: MessageEvent) => {
    if (data === STARTED) start();
    if (data !== ALIVE) return;
    // Stopping to watch rejects the request.
    navigator.locks.request(name, { signal }, () => die('it ended without a word')).catch(() => {});
  };
  worker.addEventListener('message', hear, { signal });
  worker.addEventListener('error', (event) => die(event.message || 'it could not be started'), { signal });
  worker.addEventListener('messageerror', () => die('it sent something unreadable'), { signal });
  return { started, giveUp: die, stop: () => watching.abort() };
}
