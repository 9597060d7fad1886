import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Failure, Refusal } from '#data/errors.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { ComputeClient } from './client.ts';

/** A call as comlink sends it. */
interface Sent {
  readonly id: string;
  readonly path: readonly string[];
  readonly argumentList: readonly { readonly value: unknown }[];
}

/** A conductor that answers what the test has it answer. */
class FakeWorker extends EventTarget {
  static started: FakeWorker[] = [];
  readonly sent: Sent[] = [];
  terminated = false;

  constructor() {
    super();
    FakeWorker.started.push(this);
  }

  postMessage(message: Sent): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(call: Sent, value: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: { id: call.id, type: 'RAW', value } }));
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

beforeEach(() => {
  FakeWorker.started = [];
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Refusal);
  return (thrown as Refusal).failure;
}

const names = (worker: FakeWorker) => worker.sent.map(({ path }) => path.join('.'));

/** A client whose conductor has answered. */
async function configured(): Promise<{ client: ComputeClient; worker: FakeWorker }> {
  const client = new ComputeClient();
  const worker = FakeWorker.started[0]!;
  const platform = client.configure(3);
  worker.answer(worker.sent[0]!, { sharedMemory: true, threads: 3 });
  await platform;
  return { client, worker };
}

test('a conductor that dies before it has answered is not started again', async () => {
  const client = new ComputeClient();
  const platform = client.configure(3);
  FakeWorker.started[0]!.die('404');
  const failure = await failureOf(platform);
  expect(failure).toEqual({ tag: 'worker-died', message: 'The compute worker died (404). Reload the page' });
  expect(FakeWorker.started).toHaveLength(1);
});

test('a conductor that runs but does not answer is replaced before anything is asked of it', async () => {
  vi.useFakeTimers();
  const client = new ComputeClient();
  const platform = client.configure(3);
  const [silent] = FakeWorker.started as [FakeWorker];
  // However long its script takes to come.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeWorker.started).toHaveLength(1);
  silent.dispatchEvent(new MessageEvent('message', { data: 'started' }));
  await vi.advanceTimersByTimeAsync(5000);
  const [, second] = FakeWorker.started as [FakeWorker, FakeWorker];
  expect(silent.terminated).toBe(true);
  second.answer(second.sent[0]!, { sharedMemory: true, threads: 3 });
  expect(await platform).toEqual({ sharedMemory: true, threads: 3 });
});

test('where none answers there is a sentence', async () => {
  vi.useFakeTimers();
  const client = new ComputeClient();
  const over = failureOf(client.configure(3));
  for (let starts = 1; starts <= 4; starts++) {
    FakeWorker.started.at(-1)!.dispatchEvent(new MessageEvent('message', { data: 'started' }));
    await vi.advanceTimersByTimeAsync(5000);
  }
  expect(await over).toMatchObject({ tag: 'worker-died', message: expect.stringContaining('it did not answer') });
  expect(FakeWorker.started.every(({ terminated }) => terminated)).toBe(true);
  expect(FakeWorker.started).toHaveLength(4);
});

test('when a conductor dies every open call rejects, and another is told all it needs before anything is asked', async () => {
  const { client, worker } = await configured();
  const provided = client.providePotential('abc', 'text');
  worker.answer(worker.sent[1]!, { ok: true, value: null });
  await provided;
  const open = [client.start('structure', defaultParameters()).reply, client.inspectJob(1, defaultParameters())];
  const heard: Failure[] = [];
  client.onRevive = (failure) => {
    heard.push(failure);
    client.start('snapshot', defaultParameters()).reply.catch(() => {});
  };
  worker.die('out of memory');
  for (const call of open) {
    expect(await failureOf(call)).toEqual({
      tag: 'worker-died',
      message: 'The compute worker died (out of memory). Run the step again',
    });
  }
  expect(heard).toHaveLength(1);
  expect(worker.terminated).toBe(true);
  const next = FakeWorker.started[1]!;
  expect(names(next)).toEqual(['configure', 'providePotential', 'run']);
  expect(next.sent[0]!.argumentList[0]!.value).toBe(3);
});

test('a conductor that answers no cancel for a minute is ended as if it had died', async () => {
  const { client, worker } = await configured();
  vi.useFakeTimers();
  const job = client.start('structure', defaultParameters());
  const failure = failureOf(job.reply);
  job.cancel();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(worker.terminated).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(worker.terminated).toBe(true);
  expect(await failure).toMatchObject({ message: expect.stringContaining('it did not answer a cancel') });
  expect(FakeWorker.started).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('one that answers a cancel is left alone', async () => {
  const { client, worker } = await configured();
  vi.useFakeTimers();
  const job = client.start('structure', defaultParameters());
  const failure = failureOf(job.reply);
  job.cancel();
  worker.answer(worker.sent[1]!, { ok: false, failure: { tag: 'cancelled', message: 'Cancelled' } });
  expect(await failure).toMatchObject({ tag: 'cancelled' });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(worker.terminated).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
