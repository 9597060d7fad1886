import { describe, expect, test, vi } from 'vitest';
import { Control } from '#data/control.ts';
import { type Failure, Refusal } from '#data/errors.ts';
import { type ChunkJob, type PoolThread, WorkerPool } from './workerPool.ts';

const CANCELLED: Failure = { tag: 'cancelled', message: 'Cancelled' };
const CHUNKS = 32;

/** A thread without a thread: `work` is what it does with a job; it is told apart by its number. */
class FakeThread implements PoolThread {
  terminated = false;
  jobs = 0;
  die: (reason: string) => void = () => {};
  readonly #work: (job: ChunkJob, thread: FakeThread) => Promise<Failure | null>;

  constructor(work: (job: ChunkJob, thread: FakeThread) => Promise<Failure | null>) {
    this.#work = work;
  }

  run(job: ChunkJob): Promise<Failure | null> {
    this.jobs++;
    return this.#work(job, this);
  }

  onDeath(report: (reason: string) => void): void {
    this.die = report;
  }

  terminate(): void {
    this.terminated = true;
  }
}

type Work = ConstructorParameters<typeof FakeThread>[0];

/** A pool whose k-th thread to be started works as `works[k]` (the last one for all further ones). */
function makePool(threads: number, ...works: Work[]) {
  const started: FakeThread[] = [];
  const pool = new WorkerPool(threads, () => {
    const thread = new FakeThread(works[Math.min(started.length, works.length - 1)]!);
    started.push(thread);
    return thread;
  });
  return { pool, started };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Take chunks as `runChunks` does, giving way between them. */
function taking(taken: number[]): Work {
  return async (job) => {
    const control = new Control(job.control);
    for (let chunk = control.takeChunk(); chunk < job.chunks; chunk = control.takeChunk()) {
      taken.push(chunk);
      await pause(0);
      if (control.cancelled) return CANCELLED;
    }
    return null;
  };
}

const silent: Work = () => new Promise(() => {});
const failing =
  (failure: Failure): Work =>
  async () =>
    failure;

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Refusal);
  return (thrown as Refusal).failure;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  return [await work(), performance.now() - started];
}

const run = (pool: WorkerPool, control: Control, chunks = CHUNKS) => pool.run('classify', {}, chunks, control);

describe('a job that goes well', () => {
  test('runs every chunk once, in as many threads as there are', async () => {
    const taken: number[] = [];
    const { pool, started } = makePool(4, taking(taken));
    await run(pool, Control.shared());
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: CHUNKS }, (_, k) => k));
    expect(started.map((thread) => thread.jobs)).toEqual([1, 1, 1, 1]);
  });

  test('threads are kept for the next job, and chunks start over', async () => {
    const taken: number[] = [];
    const { pool, started } = makePool(2, taking(taken));
    const control = Control.shared();
    await run(pool, control);
    await run(pool, control);
    expect(taken).toHaveLength(2 * CHUNKS);
    expect(started.map((thread) => thread.jobs)).toEqual([2, 2]);
  });

  test('starts no more threads than there are chunks', async () => {
    const { pool, started } = makePool(4, taking([]));
    await run(pool, Control.shared(), 1);
    expect(started).toHaveLength(1);
  });

  test('leaves no timer behind', async () => {
    vi.useFakeTimers();
    try {
      const { pool } = makePool(2, async () => null);
      await run(pool, Control.shared());
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a thread that dies', () => {
  test('fails the job at once, also where the others never answer, and the pool heals', async () => {
    const taken: number[] = [];
    const dying: Work = (_, thread) => {
      setTimeout(() => thread.die('out of memory'), 10);
      return new Promise(() => {});
    };
    const { pool, started } = makePool(2, dying, silent, taking(taken));
    const [failure, milliseconds] = await timed(() => failureOf(run(pool, Control.shared())));
    expect(failure).toEqual({
      tag: 'worker-died',
      message: 'A worker died while it was busy (out of memory). Run the step again',
    });
    expect(milliseconds).toBeLessThan(1000);
    expect(started.map((thread) => thread.terminated)).toEqual([true, true]);
    await run(pool, Control.shared());
    expect(started).toHaveLength(4);
    expect(new Set(taken).size).toBe(CHUNKS);
  });

  test('between jobs is replaced', async () => {
    const { pool, started } = makePool(1, taking([]));
    await run(pool, Control.shared());
    started[0]!.die('exit code 1');
    await run(pool, Control.shared());
    expect(started.map((thread) => thread.jobs)).toEqual([1, 1]);
  });

  test('long ago does not take its successor with it', async () => {
    const { pool, started } = makePool(1, silent, taking([]));
    const control = Control.shared();
    const over = failureOf(run(pool, control));
    control.cancel();
    await over;
    await run(pool, Control.shared());
    started[0]!.die('exit code 1');
    await run(pool, Control.shared());
    expect(started.map((thread) => thread.jobs)).toEqual([1, 2]);
  });
});

describe('a cancel', () => {
  test('ends a silent thread within 100 ms, and keeps one that answers', async () => {
    const { pool, started } = makePool(2, silent, taking([]));
    const control = Control.shared();
    const over = failureOf(run(pool, control));
    await pause(30);
    control.cancel();
    const [failure, milliseconds] = await timed(() => over);
    expect(failure).toEqual(CANCELLED);
    expect(milliseconds).toBeLessThan(100);
    expect(started.map((thread) => thread.terminated)).toEqual([true, false]);
  });

  test('beforehand starts nothing', async () => {
    const { pool, started } = makePool(2, taking([]));
    const control = Control.shared();
    control.cancel();
    expect(await failureOf(run(pool, control))).toEqual(CANCELLED);
    expect(started).toEqual([]);
  });
});

describe('a job without a sign of life', () => {
  test('fails with a sentence when patience ends, and the pool heals', async () => {
    const works = [silent, taking([])];
    let started = 0;
    const pool = new WorkerPool(1, () => new FakeThread(works[started++]!), { patience: 150 });
    const [failure, milliseconds] = await timed(() => failureOf(run(pool, Control.shared())));
    expect(failure).toMatchObject({ tag: 'worker-died', message: expect.stringContaining('no sign of life') });
    expect(milliseconds).toBeGreaterThan(140);
    expect(milliseconds).toBeLessThan(1000);
    await run(pool, Control.shared());
    expect(started).toBe(2);
  });

  test('is another one than a job of many blocks, be they of no units', async () => {
    const slow: Work = async (job) => {
      const control = new Control(job.control);
      for (let block = 0; block < 10; block++) {
        await pause(50);
        control.advance(0);
      }
      return null;
    };
    const pool = new WorkerPool(1, () => new FakeThread(slow), { patience: 200 });
    await run(pool, Control.shared());
  });
});

describe('a thread that does not start', () => {
  /** Of the threads that are started those come to life whose turn is in `alive`. */
  function poolOf(alive: (turn: number) => boolean, taken: number[]) {
    const threads: FakeThread[] = [];
    const pool = new WorkerPool(
      2,
      () => {
        const lives = alive(threads.length);
        const thread = Object.assign(new FakeThread(taking(taken)), {
          started: lives ? Promise.resolve() : new Promise<void>(() => {}),
        });
        threads.push(thread);
        return thread;
      },
      { startPatience: 50 },
    );
    return { pool, threads };
  }

  test('gets no job, and another takes its place: every chunk is taken once', async () => {
    const taken: number[] = [];
    const { pool, threads } = poolOf((turn) => turn !== 0, taken);
    await run(pool, Control.shared());
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: CHUNKS }, (_, k) => k));
    expect(threads.map(({ jobs, terminated }) => [jobs, terminated])).toEqual([
      [0, true],
      [1, false],
      [1, false],
    ]);
  });

  test('again and again fails the job with a sentence', async () => {
    const { pool, threads } = poolOf(() => false, []);
    const [failure, milliseconds] = await timed(() => failureOf(run(pool, Control.shared())));
    expect(failure).toMatchObject({
      tag: 'worker-died',
      message: expect.stringContaining('No worker could be started'),
    });
    expect(milliseconds).toBeLessThan(1000);
    expect(threads.every(({ jobs, terminated }) => jobs === 0 && terminated)).toBe(true);
  });

  test('can be cancelled meanwhile', async () => {
    const { pool } = poolOf(() => false, []);
    const control = Control.shared();
    const over = failureOf(run(pool, control));
    control.cancel();
    expect(await over).toEqual(CANCELLED);
  });
});

describe('a part that fails', () => {
  const BROKEN: Failure = { tag: 'bad-input', message: 'broken' };

  test('stops the others, and its failure is the one told', async () => {
    const taken: number[] = [];
    const { pool } = makePool(3, taking(taken), failing(BROKEN), taking(taken));
    const control = Control.shared();
    expect(await failureOf(run(pool, control, 1000))).toEqual(BROKEN);
    expect(control.cancelled).toBe(true);
    expect(taken.length).toBeLessThan(10);
  });

  test.each<[string, Work]>([
    ['rejects', () => Promise.reject(new Error('could not be cloned'))],
    [
      'throws',
      () => {
        throw new Error('could not be cloned');
      },
    ],
  ])('and so does one whose message %s', async (_, work) => {
    const { pool } = makePool(2, taking([]), work);
    const failure = await failureOf(run(pool, Control.shared(), 1000));
    expect(failure.tag).toBe('bug');
    expect(failure.message).toContain('could not be cloned');
  });

  test('and so does a thread that cannot be started; nothing is left waiting', async () => {
    const taken: number[] = [];
    let started = 0;
    const pool = new WorkerPool(2, () => {
      if (started++ === 1) throw new Error('no more threads');
      return new FakeThread(taking(taken));
    });
    const failure = await failureOf(run(pool, Control.shared(), 1000));
    expect(failure).toMatchObject({ tag: 'bug', message: expect.stringContaining('no more threads') });
    const after = taken.length;
    await pause(30);
    expect(taken).toHaveLength(after);
    await run(pool, Control.shared());
  });
});

test('a pool that is disposed of ends its threads', async () => {
  const { pool, started } = makePool(2, taking([]));
  await run(pool, Control.shared());
  pool.dispose();
  expect(started.map((thread) => thread.terminated)).toEqual([true, true]);
});
