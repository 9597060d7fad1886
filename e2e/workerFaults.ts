import type { Page, Worker } from '@playwright/test';
import { expect } from './helpers.ts';

/** Where a worker says that its fault begins, just before it does. */
const CHANNEL = 'fault';

type Kind = 'block' | 'conductor' | 'figure';

/** Workers of the page by what they are, those that workers started included. */
export function workersOf(page: Page, kind: Kind): Worker[] {
  return page.workers().filter((worker) => worker.url().includes(`${kind}.worker`));
}

export async function workerOf(page: Page, kind: Kind): Promise<Worker> {
  await expect.poll(() => workersOf(page, kind).length).toBeGreaterThan(0);
  return workersOf(page, kind)[0]!;
}

/** Ends a worker that waits for work: no error, no word. */
export async function closeWorker(worker: Worker): Promise<void> {
  // It may be gone before it answers.
  await worker.evaluate(() => self.close()).catch(() => {});
}

/**
 * Has a worker die, go round in circles for ever, or rest for two seconds in the middle of its work: when it has given so
 * many signs of life. One that dies loses its voice with it, so that nobody hears how.
 */
export function injectFault(worker: Worker, fault: 'dies' | 'never answers' | 'rests', signs: number): Promise<void> {
  return worker.evaluate(
    ([channel, kind, after]) => {
      const add = Atomics.add;
      const said = new BroadcastChannel(channel);
      let given = 0;
      Atomics.add = ((...of: Parameters<typeof add>) => {
        if (++given === after) {
          said.postMessage(kind);
          if (kind === 'never answers') for (;;);
          if (kind === 'dies') {
            self.postMessage = () => {};
            self.close();
            throw new Error('killed');
          }
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
        }
        return add(...of);
      }) as typeof add;
    },
    [CHANNEL, fault, signs] as const,
  );
}

/** From now on: milliseconds from the next fault until the page says a sentence. The page itself watches. */
export async function watchFault(page: Page, sentence: RegExp): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(
    ([channel, source]) => {
      const said = new BroadcastChannel(channel);
      const milliseconds = new Promise<number>((resolve) => {
        said.onmessage = async () => {
          const from = performance.now();
          while (!new RegExp(source).test(document.body.textContent)) await new Promise(requestAnimationFrame);
          resolve(performance.now() - from);
        };
      });
      return { milliseconds };
    },
    [CHANNEL, sentence.source] as const,
  );
  return () => watch.evaluate(({ milliseconds }) => milliseconds);
}

/** Resolves when a worker says that its fault begins. Call it before; await what it gives. */
export async function nextFault(page: Page): Promise<() => Promise<string>> {
  const watch = await page.evaluateHandle((channel) => {
    const said = new BroadcastChannel(channel);
    return { fault: new Promise<string>((resolve) => (said.onmessage = ({ data }) => resolve(data))) };
  }, CHANNEL);
  return () => watch.evaluate(({ fault }) => fault);
}
